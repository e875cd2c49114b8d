/** Reading files: what is no ordinary file never hangs, and what changed meanwhile is said. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { thumbnail } from '../../../workers/codecs/pictures.ts';
import { probe } from '../../../workers/codecs/probe.ts';
import { readSource, withOrdinaryFile } from '../../../workers/codecs/source.ts';
import { fixture, fixtureBytes, never, outcome, PIXEL_LIMIT, temporaryFolder } from './bench.ts';

const folder = temporaryFolder();
const read = (path: string) => outcome(readSource(never, path));
const look = (path: string) => outcome(probe(never, path, { pixelLimit: PIXEL_LIMIT, tags: false }));

describe('readSource', () => {
  it('gives all bytes', async () => {
    const { path, bytes } = await readSource(never, fixture('camera.jpg'));
    expect(path).toBe(fixture('camera.jpg'));
    expect(bytes.equals(fixtureBytes('camera.jpg'))).toBe(true);
  });

  it('says empty, gone, folder', async () => {
    writeFileSync(join(folder, 'empty.jpg'), '');
    mkdirSync(join(folder, 'folder.jpg'));
    expect(await read(join(folder, 'empty.jpg'))).toBe('E_EMPTY');
    expect(await read(join(folder, 'gone.jpg'))).toBe('E_GONE');
    expect(await read(join(folder, 'empty.jpg', 'below.jpg'))).toBe('E_GONE');
    expect(await read(join(folder, 'folder.jpg'))).toBe('E_NOT_FILE');
    expect(await look(join(folder, 'empty.jpg'))).toBe('E_EMPTY');
  });

  it.skipIf(process.platform === 'win32')(
    'never hangs on a FIFO, a device or a socket',
    { timeout: 5000 },
    async () => {
      const fifo = join(folder, 'fifo.jpg');
      execFileSync('mkfifo', [fifo]);
      const zero = join(folder, 'zero.jpg');
      symlinkSync('/dev/zero', zero);
      const socket = join(folder, 'socket.jpg');
      const server = createServer().listen(socket);
      await new Promise((resolve) => server.once('listening', resolve));
      try {
        for (const path of [fifo, zero, socket]) {
          expect(await read(path), path).toBe('E_NOT_FILE');
          expect(await look(path), path).toBe('E_NOT_FILE');
          expect(await outcome(thumbnail(never, path, 64, PIXEL_LIMIT)), path).toBe('E_NOT_FILE');
        }
      } finally {
        server.close();
      }
    },
  );

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('says what may not be read', async () => {
    const path = join(folder, 'locked.jpg');
    writeFileSync(path, 'x', { mode: 0 });
    expect(await read(path)).toBe('E_ACCES');
  });

  it('says that a file changed while it was read', async () => {
    const path = join(folder, 'growing.jpg');
    const size = 90 * 2 ** 20;
    writeFileSync(path, Buffer.alloc(size));
    // Two pieces: the file grows when the first was read.
    let reads = 0;
    const signal = new Proxy(never, {
      get(target, name) {
        if (name === 'aborted') {
          reads += 1;
          if (reads === 3) writeFileSync(path, 'more', { flag: 'a' });
        }
        return Reflect.get(target, name, target);
      },
    });
    expect(await outcome(readSource(signal, path))).toBe('E_CHANGED');
    unlinkSync(path);
  });

  it('stops between pieces when it is cancelled', async () => {
    expect(await outcome(readSource(AbortSignal.abort(), fixture('camera.jpg')))).toBe('E_CANCELLED');
  });

  it('closes the file whatever happens in it', async () => {
    let opened: FileHandle | null = null;
    const work = withOrdinaryFile(fixture('camera.jpg'), async (file) => {
      opened = file;
      throw new Error('any');
    });
    expect(await outcome(work)).toBe('E_READ');
    expect((opened as FileHandle | null)?.fd).toBe(-1);
  });
});
