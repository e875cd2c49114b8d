import { describe, expect, it } from 'vitest';
import { type BatchView, barText, jsonView, plainView, skippedText, terminalView } from '../../../main/cli/views.ts';
import type { FileResult, Progress, Summary } from '../../../preload/contract.ts';

const batchId = 'b';
const progress: Progress = {
  batchId,
  done: 12,
  total: 40,
  fraction: 0.5,
  megapixelsPerSecond: 35.2,
  secondsLeft: { low: 70, high: 170 },
  memoryBytes: 412e6,
  budgetBytes: 2e9,
  working: [12, 13],
};
const done: FileResult = {
  batchId,
  index: 0,
  source: '/p/a.gif',
  status: 'done',
  outputs: ['/o/a.png'],
  fault: null,
  notices: [{ code: 'N_FIRST_FRAME', detail: { frames: 3 } }],
  ms: 123.4,
};
const failed: FileResult = {
  ...done,
  index: 1,
  source: '/p/b\n.jpg',
  status: 'failed',
  outputs: [],
  notices: [],
  fault: { code: 'E_TRUNCATED', detail: {} },
};
const skipped: FileResult = {
  ...failed,
  index: 2,
  source: '/p/.c',
  status: 'skipped',
  fault: { code: 'E_HIDDEN', detail: {} },
};
const summary: Summary = {
  batchId,
  done: 1,
  failed: 1,
  skipped: 1,
  cancelled: 0,
  wallMs: 2345.6,
  peakMemoryBytes: 244e6,
};

function play(make: (write: (text: string) => void) => BatchView): string {
  let text = '';
  const view = make((more) => {
    text += more;
  });
  view.begin();
  view.planned({ batchId, files: 3, pixels: 12_300_000 });
  for (const result of [done, failed, skipped]) view.file(result);
  view.progress(progress);
  view.summary(summary);
  return text;
}

describe('--json', () => {
  it('is one object a line, with the keys of cli.md', () => {
    const lines = play(jsonView)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(['planned', 'file', 'file', 'file', 'progress', 'summary']);
    expect(lines[0]).toEqual({ type: 'planned', files: 3, pixels: 12_300_000 });
    expect(lines[1]).toEqual({
      type: 'file',
      status: 'done',
      source: '/p/a.gif',
      outputs: ['/o/a.png'],
      code: null,
      reason: null,
      remedy: null,
      notices: [{ code: 'N_FIRST_FRAME', text: 'Only the first of 3 frames was taken.' }],
      ms: 123,
    });
    expect(lines[2]).toMatchObject({
      source: '/p/b\n.jpg',
      status: 'failed',
      code: 'E_TRUNCATED',
      reason: 'The file ends too early: part of the picture is missing.',
    });
    expect(lines[4]).toEqual({
      type: 'progress',
      done: 12,
      total: 40,
      fraction: 0.5,
      megapixelsPerSecond: 35.2,
      secondsLeft: { low: 70, high: 170 },
      memoryBytes: 412e6,
      budgetBytes: 2e9,
    });
    expect(lines[5]).toEqual({
      type: 'summary',
      done: 1,
      failed: 1,
      skipped: 1,
      cancelled: 0,
      wallMs: 2346,
      peakMemoryBytes: 244e6,
    });
  });
});

describe('on a pipe', () => {
  it('is plain lines: each failure with its reason and remedy, and no control codes', () => {
    const text = play(plainView);
    expect(text).toBe(
      [
        '3 files, 12.3 megapixels to process.',
        'done     /p/a.gif → /o/a.png (0.1 s)',
        '         note: Only the first of 3 frames was taken.',
        'failed   /p/b\\u{a}.jpg',
        '         The file ends too early: part of the picture is missing. [E_TRUNCATED]',
        '         Copy it again; the first copy was probably interrupted.',
        'skipped  /p/.c: Hidden and system files are left out. [E_HIDDEN]',
        '1 done, 1 failed, 1 skipped in 2.3 s; at most 244 MB of memory.',
        '',
      ].join('\n'),
    );
  });
});

describe('on a terminal', () => {
  it('draws one line over and over and leaves only the results standing', () => {
    const text = play((write) => terminalView(write, () => 80));
    expect(text).toContain('12 of 40');
    // What stands after every clearing of the line:
    const standing = text
      .split('\n')
      .map((line) => line.split('\r\u001b[2K').at(-1))
      .join('\n');
    expect(standing).toBe(
      [
        '3 files, 12.3 megapixels to process.',
        'failed   /p/b\\u{a}.jpg',
        '         The file ends too early: part of the picture is missing. [E_TRUNCATED]',
        '         Copy it again; the first copy was probably interrupted.',
        'skipped  1 file: Hidden and system files are left out. [E_HIDDEN]',
        '         .c',
        'note     1 file: Only the first of 3 frames was taken.',
        '1 done, 1 failed, 1 skipped in 2.3 s; at most 244 MB of memory.',
        '',
      ].join('\n'),
    );
  });

  it('fits its bar into any width, giving up the last part first', () => {
    expect(barText(progress, 120)).toBe(
      '[███████████████···············]  12 of 40  35 MP/s  1–3 min left  412 MB of 2.0 GB',
    );
    expect(barText(progress, 50)).toBe('[██████······]  12 of 40  35 MP/s  1–3 min left');
    expect(barText(progress, 24)).toBe('[█████·····]  12 of 40');
    for (let columns = 13; columns < 130; columns++) expect(barText(progress, columns).length).toBeLessThan(columns);
  });

  it('is full only at the end and says nothing it does not know', () => {
    expect(barText({ ...progress, fraction: 0.999, secondsLeft: null }, 90)).toBe(
      '[█████████████████████·]  12 of 40  35 MP/s  412 MB of 2.0 GB',
    );
    expect(barText({ ...progress, fraction: 1 }, 13)).toBe('[██████████]');
  });

  it('names a few of many that were skipped for one reason', () => {
    const many = Array.from({ length: 7 }, (_, n) => ({ ...skipped, source: `/p/.${n}` }));
    expect(skippedText(many)).toBe(
      'skipped  7 files: Hidden and system files are left out. [E_HIDDEN]\n         .0, .1, .2, .3, .4 and 2 more\n',
    );
  });
});
