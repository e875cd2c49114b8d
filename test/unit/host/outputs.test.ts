import { existsSync, linkSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../main/naming.ts';
import {
  createOutputPlan,
  exampleName,
  type Place,
  prepareOutputFolder,
  refuseInPlace,
} from '../../../main/outputs.ts';
import { identityKey, type ScannedFile, scan } from '../../../main/scan.ts';
import type { OutputSpec, Probe } from '../../../preload/contract.ts';
import { fill, freshFolder } from '../../helpers/folders.ts';

const jpeg: Probe = {
  kind: 'jpeg',
  width: 6,
  height: 4,
  channels: 3,
  depth: 8,
  hasAlpha: false,
  orientation: 1,
  frames: 1,
  colourSpace: 'srgb',
  iccName: null,
  hasExif: false,
  hasXmp: false,
  hasGps: false,
  tags: { capturedAt: null, camera: null, lens: null, iso: null },
};

const spec = (folder: string, more: Partial<OutputSpec> = {}): OutputSpec => ({
  folder,
  format: 'keep',
  quality: 90,
  depth: 'keep',
  name: '{name}',
  onConflict: 'rename',
  ...more,
});

async function listed(folder: string): Promise<ScannedFile[]> {
  const files: ScannedFile[] = [];
  for await (const file of scan(new AbortController().signal, [folder], { recursive: true, exclude: [] }))
    files.push(file);
  return files;
}

async function planAll(
  output: OutputSpec,
  files: readonly ScannedFile[],
  probe: Partial<Probe> = {},
): Promise<Place[]> {
  const plan = await createOutputPlan(output, parseTemplate(output.name), files, 'aerial');
  const places: Place[] = [];
  for (const [index, file] of files.entries()) places.push(await plan.plan(file, { ...jpeg, ...probe }, index + 1));
  return places;
}

/** Relative to the output folder, or the code. */
const brief = (folder: string, places: readonly Place[]) =>
  places.map((place) => (place.kind === 'write' ? path.relative(folder, place.path) : place.fault.code));

describe('names of results', () => {
  it('mirrors the tree and makes its folders', async () => {
    const [photos, out] = [freshFolder(), freshFolder()];
    fill(photos, 'a.jpg', 'in/deep/b.jpg');
    expect(brief(out, await planAll(spec(out), await listed(photos)))).toEqual(['a.jpg', 'in/deep/b.jpg']);
    expect(statSync(path.join(out, 'in/deep')).isDirectory()).toBe(true);
    expect(readdirSync(out)).toEqual(['in']);
  });

  it.each([
    ['keep', 'jpeg', 'a.JPG', 'a.JPG'],
    ['keep', 'jpeg', 'a.jpeg', 'a.jpeg'],
    ['keep', 'png', 'a.jpg', 'a.png'],
    ['keep', 'jpeg', 'a', 'a.jpg'],
    ['keep', 'tiff', 'a.TIFF', 'a.TIFF'],
    ['keep', 'gif', 'a.gif', 'a.png'],
    ['jpeg', 'jpeg', 'a.JPEG', 'a.jpg'],
    ['webp', 'jpeg', 'a.tar.jpg', 'a.tar.webp'],
    ['tiff', 'png', 'a.png', 'a.tif'],
    ['avif', 'png', '.hidden', '.hidden.avif'],
  ] as const)('format %s of a %s called %s: %s', async (format, kind, name, expected) => {
    expect(
      exampleName({ path: `/p/${name}`, relativePath: name }, { ...jpeg, kind }, 1, { format, name: '{name}' }),
    ).toBe(expected);
  });

  it('puts tokens in, the folder too', () => {
    const file = { path: '/photos/Iceland/a.jpg', relativePath: 'a.jpg' };
    expect(exampleName(file, jpeg, 3, { format: 'png', name: '{folder}/{seq:3}-{name}-{width}' })).toBe(
      'Iceland/003-a-6.png',
    );
  });

  it('shortens a name that is too long for the disk and refuses a way that is', async () => {
    const [photos, out] = [freshFolder(), freshFolder()];
    fill(photos, `${'x'.repeat(251)}.jpg`);
    const [file] = await listed(photos);
    if (file === undefined) throw new Error('nothing listed');
    const [place] = await planAll(spec(out, { name: '{name}-and-more' }), [file]);
    expect(place?.kind === 'write' && Buffer.byteLength(path.basename(place.path))).toBe(255);
    const deep = { ...file, relativePath: `${`${'d'.repeat(200)}/`.repeat(21)}a.jpg` };
    expect(brief(out, await planAll(spec(out), [deep]))).toEqual(['E_NAME_TOO_LONG']);
  });
});

describe('two sources never share a result (F37)', () => {
  it('numbers what becomes equal by its format or its template', async () => {
    const [photos, out] = [freshFolder(), freshFolder()];
    fill(photos, 'a.jpg', 'a.png', 'a.tif', 'a-2.jpg');
    const files = await listed(photos);
    expect(files.map((file) => file.relativePath)).toEqual(['a-2.jpg', 'a.jpg', 'a.png', 'a.tif']);
    const places = await planAll(spec(out, { format: 'webp' }), files);
    expect(brief(out, places)).toEqual(['a-2.webp', 'a.webp', 'a-3.webp', 'a-4.webp']);
    expect(brief(out, await planAll(spec(out, { name: 'one' }), files, { kind: 'gif' }))).toEqual([
      'one.png',
      'one-2.png',
      'one-3.png',
      'one-4.png',
    ]);
  });

  it('plans a thousand equal names in linear time', async () => {
    const [photos, out] = [freshFolder(), freshFolder()];
    fill(photos, ...Array.from({ length: 1000 }, (_, n) => `${n}.jpg`));
    const places = brief(out, await planAll(spec(out, { name: 'same' }), await listed(photos)));
    expect(new Set(places).size).toBe(1000);
    expect(places.at(-1)).toBe('same-1000.jpg');
  });

  it('holds for any names, templates and rules, over any files that stand there', async () => {
    const word = fc.constantFrom('a', 'A', 'a-2', 'b', 'é', 'e\u0301', 'con', 'x.', 'a\n', 'a_');
    const extension = fc.constantFrom('.jpg', '.JPG', '.png', '');
    const folder = fc.constantFrom('', 'in/', 'in_/', 'In/');
    const files = fc.uniqueArray(
      fc.tuple(folder, word, extension).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 12 },
    );
    const template = fc.constantFrom('{name}', '{folder}', 'same', '{name}-2', 'in/{name}', '{ext}');
    const rule = fc.constantFrom('skip', 'rename', 'overwrite');
    const standing = fc.uniqueArray(fc.constantFrom('a.jpg', 'a-2.jpg', 'in/a.jpg', 'same.png', 'b.JPG'), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(
        files,
        template,
        rule,
        standing,
        fc.constantFrom('keep', 'png'),
        async (names, name, onConflict, there, format) => {
          const [photos, out] = [freshFolder(), freshFolder()];
          fill(photos, ...names.filter((relative) => !names.some((other) => other.startsWith(`${relative}/`))));
          fill(out, ...there);
          const found = await listed(photos);
          const places = await planAll(spec(out, { name, onConflict, format } as Partial<OutputSpec>), found);
          const targets = places.flatMap((place) => (place.kind === 'write' ? [place.path] : []));
          expect(new Set(targets).size).toBe(targets.length);
          for (const target of targets) {
            expect(path.relative(out, target).startsWith('..')).toBe(false);
            if (onConflict !== 'overwrite') expect(existsSync(target)).toBe(false);
          }
          if (onConflict !== 'skip') expect(places.every((place) => place.kind === 'write')).toBe(true);
          // Nothing was made but folders.
          expect((await listed(out)).map((file) => file.relativePath).sort()).toEqual([...there].sort());
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('what stands there already', () => {
  it('is skipped, passed by or replaced, as the rule says', async () => {
    const [photos, out] = [freshFolder(), freshFolder()];
    fill(photos, 'a.jpg', 'b.jpg');
    fill(out, 'a.jpg', 'a-2.jpg');
    const files = await listed(photos);
    expect(brief(out, await planAll(spec(out, { onConflict: 'skip' }), files))).toEqual(['E_EXISTS', 'b.jpg']);
    expect(brief(out, await planAll(spec(out, { onConflict: 'rename' }), files))).toEqual(['a-3.jpg', 'b.jpg']);
    expect(brief(out, await planAll(spec(out, { onConflict: 'overwrite' }), files))).toEqual(['a.jpg', 'b.jpg']);
  });

  it('skips only what is really done when equal names went on after an interruption', async () => {
    const [photos, out] = [freshFolder(), freshFolder()];
    fill(photos, 'a.jpg', 'a.png', 'a.tif');
    const files = await listed(photos);
    const first = brief(out, await planAll(spec(out, { format: 'webp' }), files));
    fill(out, first[0] ?? '', first[2] ?? '');
    const again = await planAll(spec(out, { format: 'webp', onConflict: 'skip' }), files);
    expect(brief(out, again)).toEqual(['E_EXISTS', first[1], 'E_EXISTS']);
  });

  it('counts a broken link as something, and does not replace a folder', async () => {
    const [photos, out] = [freshFolder(), freshFolder()];
    fill(photos, 'a.jpg', 'b.jpg');
    symlinkSync('nowhere', path.join(out, 'a.jpg'));
    mkdirSync(path.join(out, 'b.jpg'));
    const files = await listed(photos);
    expect(brief(out, await planAll(spec(out), files))).toEqual(['a-2.jpg', 'b-2.jpg']);
    expect(brief(out, await planAll(spec(out, { onConflict: 'overwrite' }), files))).toEqual(['a.jpg', 'E_WRITE']);
  });
});

describe('a source is never a target (F35, F36)', () => {
  it('also not through a symlink, a hardlink or a template, under any rule', async () => {
    const [photos, out] = [freshFolder(), freshFolder()];
    fill(photos, 'soft.jpg', 'hard.jpg', 'plain.jpg');
    symlinkSync(path.join(photos, 'soft.jpg'), path.join(out, 'soft.jpg'));
    linkSync(path.join(photos, 'hard.jpg'), path.join(out, 'hard.jpg'));
    const files = await listed(photos);
    const sources = new Set(files.map((file) => identityKey(file.identity)));
    const isSource = (target: string) => {
      const stats = statSync(target, { bigint: true, throwIfNoEntry: false });
      return stats !== undefined && sources.has(identityKey(stats));
    };
    for (const onConflict of ['skip', 'rename', 'overwrite'] as const) {
      for (const [folder, name] of [
        [out, '{name}'],
        [path.dirname(photos), '{folder}/{name}'],
        [photos, '{name}'],
      ] as const) {
        const places = await planAll(spec(folder, { onConflict, name }), files);
        expect(places).toHaveLength(3);
        for (const place of places) if (place.kind === 'write') expect(isSource(place.path)).toBe(false);
        const [hard, , soft] = places;
        if (onConflict === 'overwrite') {
          expect([hard?.kind, soft?.kind]).toEqual(['fail', 'fail']);
          expect(brief(folder, places)[0]).toBe('E_OUTPUT_IS_SOURCE');
        }
      }
    }
  });

  it('refuses results with their sources’ names in their sources’ folder before anything is done', async () => {
    const folder = freshFolder();
    fill(folder, 'photos/a.jpg', 'photos/in/b.jpg', 'more/c.jpg');
    const at = (relative: string) => path.join(folder, relative);
    symlinkSync('photos', at('way'));
    const refused = async (out: string, roots: readonly string[], more: Partial<OutputSpec> = {}) =>
      refuseInPlace(spec(at(out), more), roots.map(at)).then(
        () => 'allowed',
        (error: { code: string }) => error.code,
      );
    expect(await refused('photos', ['photos'])).toBe('E_OUTPUT_IS_SOURCE');
    expect(await refused('way', ['photos'], { onConflict: 'skip' })).toBe('E_OUTPUT_IS_SOURCE');
    expect(await refused('photos', ['way'], { name: '{name}.{ext}' })).toBe('E_OUTPUT_IS_SOURCE');
    expect(await refused('photos', ['photos/a.jpg'])).toBe('E_OUTPUT_IS_SOURCE');
    // Two folders are mirrored below their names: beside one another that is where they are.
    expect(await refused('.', ['photos', 'more'])).toBe('E_OUTPUT_IS_SOURCE');
    expect(await refused('.', ['photos'])).toBe('allowed');
    expect(await refused('photos', ['photos'], { name: '{name}-edited' })).toBe('allowed');
    expect(await refused('photos/out', ['photos'])).toBe('allowed');
    expect(await refused('later', ['photos'])).toBe('allowed');
    expect(await refused('photos', ['photos'], { name: '{nope}' })).toBe('E_TEMPLATE');
  });
});

describe('the output folder', () => {
  it('is never left, not through a link inside it either (F33)', async () => {
    const [photos, out, elsewhere] = [freshFolder(), freshFolder(), freshFolder()];
    fill(photos, 'in/a.jpg', 'link/b.jpg');
    symlinkSync(elsewhere, path.join(out, 'link'));
    expect(brief(out, await planAll(spec(out), await listed(photos)))).toEqual(['in/a.jpg', 'E_PATH']);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('is made, proved and left empty (F41)', async () => {
    const folder = freshFolder();
    await prepareOutputFolder(path.join(folder, 'new/deep'));
    expect(readdirSync(path.join(folder, 'new/deep'))).toEqual([]);
    writeFileSync(path.join(folder, 'file'), '');
    await expect(prepareOutputFolder(path.join(folder, 'file'))).rejects.toMatchObject({ code: 'E_OUTPUT_FOLDER' });
    await expect(prepareOutputFolder('/proc/photomill')).rejects.toMatchObject({ code: 'E_OUTPUT_FOLDER' });
  });
});
