/** F88: only a window's own main frame is heard. */
import { describe, expect, it } from 'vitest';
import { trusted } from '../../../main/electron/sender.ts';

const own = { parent: null, origin: 'photomill://app' };

describe('trusted', () => {
  it('hears the main frame of our own origin', () => {
    expect(trusted(own)).toBe(own);
  });

  it.each([
    ['a frame that is gone', null],
    ['a subframe of ours', { parent: own, origin: 'photomill://app' }],
    ['another host of our scheme', { parent: null, origin: 'photomill://evil' }],
    ['a web page', { parent: null, origin: 'https://example.com' }],
    ['a file', { parent: null, origin: 'file://' }],
    ['an opaque origin', { parent: null, origin: 'null' }],
  ])('does not hear %s', (_name, frame) => {
    expect(trusted(frame)).toBeNull();
  });
});
