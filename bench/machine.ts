import { cpus, totalmem, type } from 'node:os';

/** Where the figures were measured; without it they mean nothing. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly os: string;
}

export function describeMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    os: type(),
  };
}

export function machineLine({ cpu, cores, memoryGb, node, os }: Machine): string {
  return `${cores} × ${cpu}, ${memoryGb} GB, ${os}, Node ${node}`;
}
