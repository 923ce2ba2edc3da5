import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const FILE = new URL('../../docs/faults.md', import.meta.url);
const [BEGIN, END] = ['<!-- table: npm run test:faults -->', '<!-- end of table -->'];

/** Writes what the fault tests saw into docs/faults.md, and prints it. A failed test is a row that says so. */
export default class FaultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules
      .toSorted((one, other) => one.moduleId.localeCompare(other.moduleId))
      .flatMap((one) => [...one.children.allTests()])
      .map((test) => {
        const { fault } = test.meta();
        const state = test.result().state;
        if (state !== 'passed' || !fault) return `| ${nameOf(test)} | **${state}** | | |`;
        return `| ${[nameOf(test), fault.saw, fault.kept, fault.recovery].map(cell).join(' | ')} |`;
      });
    const head = '| fault | what the person saw | what was kept | recovery |\n|---|---|---|---|';
    const machine = `Node ${process.version} on ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`;
    const table = `${head}\n${rows.join('\n')}\n\nSeen on ${machine}.`;
    const text = readFileSync(FILE, 'utf8');
    const [before = '', rest = ''] = text.split(BEGIN);
    const [, after = ''] = rest.split(END);
    writeFileSync(FILE, `${before}${BEGIN}\n${table}\n${END}${after}`);
    process.stdout.write(`\n${table}\n`);
  }
}

function nameOf(test: TestCase): string {
  return test.fullName.replace(' > ', ': ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
