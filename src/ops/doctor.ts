/** What one check found. `remedy` says what to do, where something is to be done. */
export interface Finding {
  /** `warning`: it works, and will not always. `error`: it does not work. */
  readonly level: 'ok' | 'warning' | 'error';
  /** One sentence, never with a secret. */
  readonly what: string;
  readonly remedy?: string;
}

/** One thing to look at; it may ask the network, and may throw. */
export interface Check {
  /** `Airalo`, `Slack`, `Discord`, `Store`, `Files`. */
  readonly name: string;
  run(): Promise<readonly Finding[]>;
}

/** A finding with the name of its check. */
export interface Diagnosis extends Finding {
  readonly check: string;
}

/** Runs every check, side by side; one that throws is an error of its own, never the end of the others. */
export async function diagnose(checks: readonly Check[]): Promise<Diagnosis[]> {
  const results = await Promise.all(
    checks.map(async (check) => {
      const findings = await check.run().catch(failed);
      return findings.map((finding) => ({ check: check.name, ...finding }));
    }),
  );
  return results.flat();
}

/** 0 when nothing is wrong, 1 with at least one error. A warning does not fail. */
export function exitCodeOf(diagnoses: readonly Diagnosis[]): number {
  return diagnoses.some((diagnosis) => diagnosis.level === 'error') ? 1 : 0;
}

const MARK = { ok: 'ok', warning: 'warning', error: 'ERROR' } as const;

/** One line each, the remedy below what it mends. */
export function renderDiagnoses(diagnoses: readonly Diagnosis[]): string {
  const nameWidth = Math.max(0, ...diagnoses.map(({ check }) => check.length));
  const markWidth = MARK.warning.length;
  return diagnoses
    .map(({ check, level, what, remedy }) => {
      const line = `${check.padEnd(nameWidth)}  ${MARK[level].padEnd(markWidth)}  ${what}`;
      return remedy === undefined ? line : `${line}\n${' '.repeat(nameWidth + markWidth + 4)}→ ${remedy}`;
    })
    .join('\n');
}

/** What went wrong, with the remedy of an error that carries one. */
function failed(error: unknown): readonly Finding[] {
  const what = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof Error && 'remedy' in error ? String(error.remedy) : undefined;
  return [remedy === undefined ? { level: 'error', what } : { level: 'error', what, remedy }];
}
