import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const RULES = fileURLToPath(new URL('../../deploy/alerts.yaml', import.meta.url));
const TESTS = fileURLToPath(new URL('./alert-rules.promtool.yaml', import.meta.url));
const hasPromtool =
  process.env.REQUIRE_PROMTOOL !== undefined || spawnSync('promtool', ['--version']).status === 0;

const rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string() })) })),
});
const tests = z.object({
  tests: z.array(z.object({ alert_rule_test: z.array(z.object({ alertname: z.string() })) })),
});

describe('the alert rules', () => {
  it('have a unit test each', () => {
    const known = rules
      .parse(parse(readFileSync(RULES, 'utf8')))
      .groups.flatMap((group) => group.rules.map(({ alert }) => alert));
    const tested = tests
      .parse(parse(readFileSync(TESTS, 'utf8')))
      .tests.flatMap((test) => test.alert_rule_test.map(({ alertname }) => alertname));
    expect(known.filter((alert) => !tested.includes(alert))).toEqual([]);
  });

  const title = hasPromtool ? '' : ' (skipped: promtool is not installed; it comes with Prometheus)';

  it.skipIf(!hasPromtool)(`are taken by Prometheus${title}`, () => {
    expect(execFileSync('promtool', ['check', 'rules', RULES], { encoding: 'utf8' })).toContain('SUCCESS');
  });

  it.skipIf(!hasPromtool)(`fire when they should, and only then${title}`, () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', TESTS], { encoding: 'utf8' });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  });
});
