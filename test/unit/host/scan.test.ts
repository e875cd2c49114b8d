import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ScannedFile, type ScanOptions, scan } from '../../../main/scan.ts';
import { fill, freshFolder, makePipe } from '../../helpers/folders.ts';

const idle = new AbortController().signal;

async function list(sources: readonly string[], options: Partial<ScanOptions> = {}): Promise<ScannedFile[]> {
  const files: ScannedFile[] = [];
  for await (const file of scan(idle, sources, { recursive: true, exclude: [], ...options })) files.push(file);
  return files;
}

/** `relative path → code of its skip, or ok` */
async function outcomes(sources: readonly string[], options: Partial<ScanOptions> = {}): Promise<[string, string][]> {
  return (await list(sources, options)).map(({ relativePath, skip }) => [relativePath, skip?.code ?? 'ok']);
}

describe('the list', () => {
  it('is in natural order, files before folders, with / between folders', async () => {
    const folder = freshFolder();
    fill(folder, 'IMG_10.jpg', 'IMG_2.jpg', 'b/2.png', 'b/10.png', 'a/x/1.tif', 'IMG_1.txt');
    expect(await outcomes([folder])).toEqual([
      ['IMG_1.txt', 'ok'],
      ['IMG_2.jpg', 'ok'],
      ['IMG_10.jpg', 'ok'],
      ['a/x/1.tif', 'ok'],
      ['b/2.png', 'ok'],
      ['b/10.png', 'ok'],
    ]);
  });

  it('stays in the folder without recursion', async () => {
    const folder = freshFolder();
    fill(folder, 'a.jpg', 'in/b.jpg');
    expect(await outcomes([folder], { recursive: false })).toEqual([['a.jpg', 'ok']]);
  });

  it('carries size, identity and absolute path', async () => {
    const folder = freshFolder();
    fill(folder, 'one.jpg');
    linkSync(path.join(folder, 'one.jpg'), path.join(folder, 'two.jpg'));
    const [one, two] = await list([folder]);
    expect(one).toMatchObject({ path: path.join(folder, 'one.jpg'), root: folder, bytes: 7, named: false });
    expect(two?.identity.ino).toBe(one?.identity.ino);
    expect(two?.relativePath).toBe('two.jpg');
  });

  it('keeps several folders apart by their names, also two of the same name', async () => {
    const folder = freshFolder();
    fill(folder, 'x/photos/1.jpg', 'y/photos/1.jpg');
    expect(await outcomes([path.join(folder, 'x/photos'), path.join(folder, 'y/photos')])).toEqual([
      ['photos/1.jpg', 'ok'],
      ['photos-2/1.jpg', 'ok'],
    ]);
  });

  it('takes each file once, however many sources lead to it', async () => {
    const folder = freshFolder();
    fill(folder, 'photos/1.jpg', 'photos/in/2.jpg');
    symlinkSync(path.join(folder, 'photos'), path.join(folder, 'other-way'));
    const sources = ['photos', 'photos/1.jpg', 'photos/in', 'other-way', 'other-way/in/2.jpg'];
    const files = await list(sources.map((source) => path.join(folder, source)));
    expect(files.map((file) => file.relativePath)).toEqual(['photos/1.jpg', 'photos/in/2.jpg']);
  });

  it('takes named files by their basenames, hidden ones too', async () => {
    const folder = freshFolder();
    fill(folder, 'in/a.jpg', '.hidden.jpg');
    const files = await list([path.join(folder, 'in/a.jpg'), path.join(folder, '.hidden.jpg')]);
    expect(files).toMatchObject([
      { relativePath: 'a.jpg', named: true, root: path.join(folder, 'in'), skip: null },
      { relativePath: '.hidden.jpg', named: true, skip: null },
    ]);
  });

  it('ends when it is cancelled', async () => {
    const folder = freshFolder();
    fill(folder, 'a.jpg', 'b.jpg');
    const controller = new AbortController();
    const run = async () => {
      for await (const _ of scan(controller.signal, [folder], { recursive: true, exclude: [] })) controller.abort();
    };
    await expect(run()).rejects.toThrow('aborted');
  });

  it('says before the first file which source is not there', async () => {
    const folder = freshFolder();
    fill(folder, 'a.jpg');
    await expect(list([folder, path.join(folder, 'nope')])).rejects.toMatchObject({ code: 'E_NO_SOURCE' });
    await expect(list([path.join(folder, 'a.jpg', 'under')])).rejects.toMatchObject({ code: 'E_NO_SOURCE' });
    await expect(list([''])).rejects.toMatchObject({ code: 'E_NO_SOURCE' });
  });
});

describe('what is not read (F08, F27, F32, F34)', () => {
  it('tells hidden and system files, passes hidden folders as one, and never shows unfinished results', async () => {
    const folder = freshFolder();
    fill(
      folder,
      '.a.jpg',
      '._b.jpg',
      'Thumbs.db',
      '.DS_Store',
      'DESKTOP.INI',
      '.git/x.jpg',
      '.photomill-b1-3.tmp',
      'z.jpg',
    );
    expect(Object.fromEntries(await outcomes([folder]))).toEqual({
      '.a.jpg': 'E_HIDDEN',
      '._b.jpg': 'E_HIDDEN',
      '.DS_Store': 'E_HIDDEN',
      '.git': 'E_HIDDEN',
      'DESKTOP.INI': 'E_HIDDEN',
      'Thumbs.db': 'E_HIDDEN',
      'z.jpg': 'ok',
    });
  });

  it('knows pipes, sockets, devices and links to them without opening one', async () => {
    const folder = freshFolder();
    makePipe(path.join(folder, 'pipe.jpg'));
    symlinkSync('pipe.jpg', path.join(folder, 'to-pipe.jpg'));
    symlinkSync('/dev/zero', path.join(folder, 'zero.jpg'));
    const server = createServer().listen(path.join(folder, 'socket.jpg'));
    await new Promise((resolve) => server.once('listening', resolve));
    const found = Object.fromEntries((await list([folder])).map((file) => [file.relativePath, file.skip]));
    server.close();
    expect(found).toEqual({
      'pipe.jpg': { code: 'E_NOT_FILE', detail: { kind: 'pipe' } },
      'socket.jpg': { code: 'E_NOT_FILE', detail: { kind: 'socket' } },
      'to-pipe.jpg': { code: 'E_NOT_FILE', detail: { kind: 'pipe' } },
      'zero.jpg': { code: 'E_LINK_OUTSIDE', detail: {} },
    });
    expect((await list([path.join(folder, 'pipe.jpg')]))[0]?.skip?.code).toBe('E_NOT_FILE');
    expect((await list(['/dev/null']))[0]?.skip).toEqual({ code: 'E_NOT_FILE', detail: { kind: 'device' } });
  });

  it('takes links to files inside, and no others', async () => {
    const folder = freshFolder();
    fill(folder, 'root/real/a.jpg', 'root-twin/b.jpg');
    const root = path.join(folder, 'root');
    symlinkSync('real/a.jpg', path.join(root, 'in.jpg'));
    symlinkSync('../root-twin/b.jpg', path.join(root, 'out.jpg'));
    symlinkSync('gone.jpg', path.join(root, 'broken.jpg'));
    symlinkSync('real', path.join(root, 'folder-in'));
    symlinkSync('/etc', path.join(root, 'folder-out'));
    symlinkSync('.', path.join(root, 'loop'));
    symlinkSync('self.jpg', path.join(root, 'self.jpg'));
    expect(Object.fromEntries(await outcomes([root]))).toEqual({
      'broken.jpg': 'E_LINK_BROKEN',
      'folder-in': 'E_NOT_FILE',
      'folder-out': 'E_LINK_OUTSIDE',
      'in.jpg': 'ok',
      loop: 'E_NOT_FILE',
      'out.jpg': 'E_LINK_OUTSIDE',
      'real/a.jpg': 'ok',
      'self.jpg': 'E_LINK_BROKEN',
    });
  });

  it('follows a link that was named, wherever it leads', async () => {
    const folder = freshFolder();
    fill(folder, 'elsewhere/a.jpg');
    symlinkSync('elsewhere/a.jpg', path.join(folder, 'link.jpg'));
    symlinkSync('nowhere.jpg', path.join(folder, 'broken.jpg'));
    expect(await outcomes([path.join(folder, 'link.jpg'), path.join(folder, 'broken.jpg')])).toEqual([
      ['link.jpg', 'ok'],
      ['broken.jpg', 'E_LINK_BROKEN'],
    ]);
  });

  it.skipIf(process.platform !== 'linux')('shows names that are no text, escaped and apart', async () => {
    const folder = freshFolder();
    for (const bytes of [
      [0x78, 0xe9, 0xff],
      [0x78, 0xe9, 0xfe],
    ]) {
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(bytes), Buffer.from('.jpg')]), 'x');
    }
    fill(folder, 'ok%.jpg');
    expect(await outcomes([folder])).toEqual([
      ['ok%.jpg', 'ok'],
      ['x%E9%FE.jpg', 'E_NAME'],
      ['x%E9%FF.jpg', 'E_NAME'],
    ]);
  });

  it('keeps names apart that look alike: composed and not, with a byte order mark (F28)', async () => {
    const folder = freshFolder();
    const names = [
      '\u00e9.jpg',
      'e\u0301.jpg',
      '\ufeffa.jpg',
      'a.jpg',
      'new\nline.jpg',
      '-r.jpg',
      '[1].jpg',
      '$(x);.jpg',
    ];
    fill(folder, ...names);
    const found = await list([folder]);
    expect(found.map((file) => file.relativePath).sort()).toEqual([...names].sort());
    expect(found.every((file) => file.skip === null)).toBe(true);
  });

  it('goes on past a folder that may not be read (F40)', () => {
    const folder = freshFolder();
    fill(folder, 'locked/a.jpg', 'open/b.jpg');
    chmodSync(path.join(folder, 'locked'), 0);
    chmodSync(folder, 0o755);
    const script = `
      import { scan } from ${JSON.stringify(path.resolve('main/scan.ts'))};
      const found = await Array.fromAsync(scan(new AbortController().signal, [process.argv[1]], { recursive: true, exclude: [] }));
      console.log(JSON.stringify(found.map((file) => [file.relativePath, file.skip?.code ?? 'ok'])));`;
    // Root may read everything, so it is asked as nobody.
    const asNobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--clear-groups'] : ['env'];
    const [program = '', ...args] = [
      ...asNobody,
      process.execPath,
      '--input-type=module-typescript',
      '-e',
      script,
      folder,
    ];
    const answer = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    chmodSync(path.join(folder, 'locked'), 0o755);
    expect(JSON.parse(answer)).toEqual([
      ['locked', 'E_ACCES'],
      ['open/b.jpg', 'ok'],
    ]);
  });
});

describe('the output folder (F39)', () => {
  it('is never listed, by whatever way it is named', async () => {
    const folder = freshFolder();
    fill(folder, 'photos/a.jpg', 'photos/out/a.jpg', 'photos/outer/b.jpg');
    const photos = path.join(folder, 'photos');
    symlinkSync(path.join(photos, 'out'), path.join(folder, 'way'));
    symlinkSync('out/a.jpg', path.join(photos, 'result.jpg'));
    for (const exclude of [
      path.join(photos, 'out'),
      path.join(folder, 'way'),
      path.relative('.', path.join(photos, 'out')),
    ]) {
      expect(await outcomes([photos], { exclude: [exclude] })).toEqual([
        ['a.jpg', 'ok'],
        ['result.jpg', 'E_IN_OUTPUT'],
        ['outer/b.jpg', 'ok'],
      ]);
    }
  });

  it('may still be to be made', async () => {
    const folder = freshFolder();
    fill(folder, 'a.jpg');
    expect(await outcomes([folder], { exclude: [path.join(folder, 'later/deep')] })).toEqual([['a.jpg', 'ok']]);
  });
});

it('says that a file went away while the folder was read', async () => {
  const folder = freshFolder();
  // More than one batch of lstat, so that the second still has to be asked when the first file comes.
  fill(folder, ...Array.from({ length: 200 }, (_, n) => `${n}.jpg`), 'late/a.jpg');
  const seen: ScannedFile[] = [];
  for await (const file of scan(idle, [folder], { recursive: true, exclude: [] })) {
    if (seen.length === 0) {
      rmSync(path.join(folder, '199.jpg'));
      renameSync(path.join(folder, 'late'), path.join(folder, 'moved'));
    }
    seen.push(file);
  }
  expect(seen).toHaveLength(201);
  expect(seen.filter((file) => file.skip?.code === 'E_GONE').map((file) => file.relativePath)).toEqual([
    '199.jpg',
    'late',
  ]);
});

it('lists 4,000 files in order and once', async () => {
  const folder = freshFolder();
  for (let n = 0; n < 4; n++) {
    mkdirSync(path.join(folder, String(n)));
    for (let m = 0; m < 1000; m++) writeFileSync(path.join(folder, String(n), `IMG_${m}.jpg`), '');
  }
  const expected = Array.from({ length: 4_000 }, (_, n) => `${Math.floor(n / 1000)}/IMG_${n % 1000}.jpg`);
  expect((await list([folder])).map((file) => file.relativePath)).toEqual(expected);
});
