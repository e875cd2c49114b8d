/** Owns where Photomill keeps what is its own: settings now, ledger and caches later. Makes nothing. */
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * `PHOTOMILL_DATA`, or the user's own place by the habit of the system. The window, the terminal and serve share it,
 * so Electron's own `userData` is pointed here as well.
 */
export function dataFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.PHOTOMILL_DATA) return path.resolve(env.PHOTOMILL_DATA);
  switch (platform) {
    case 'win32':
      return path.join(env.APPDATA ?? path.join(home, 'AppData', 'Roaming'), 'Photomill');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Photomill');
    default:
      // The XDG specification says to ignore a value that is not absolute.
      return path.join(
        env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : path.join(home, '.config'),
        'photomill',
      );
  }
}
