/**
 * Owns the choice of the line to the host: the desktop shell's MessagePort where a preload offers one, else the
 * WebSocket of the page's own origin. The only file of the renderer that knows there are two.
 */

import { type Client, createClient } from '../preload/client.ts';
import { type AppContract, appContract } from '../preload/contract.ts';
import { messagePort } from '../preload/message-port.ts';
import type { Port } from '../preload/port.ts';
import { connectWebSocket } from '../preload/websocket.ts';

export type AppClient = Client<AppContract>;

/** What preload/electron.ts puts on the page's window. */
export interface Shell {
  /** Asks for the port; it comes as the message `{type: 'photomill:port', nonce}` with one transferred port. */
  connect(nonce: string): void;
  /** Paths of dropped files or folders, granted by the main process. */
  grantDropped(files: File[]): Promise<string[]>;
}

declare global {
  interface Window {
    readonly photomill?: Shell;
  }
}

export interface Bridge {
  readonly client: AppClient;
  /** Null in a browser: it does not tell where dropped files are. */
  readonly grantDropped: Shell['grantDropped'] | null;
}

export async function openBridge(): Promise<Bridge> {
  const shell = window.photomill;
  const port = shell === undefined ? await connectWebSocket() : await portFromShell(shell);
  return {
    client: createClient(appContract, port),
    grantDropped: shell === undefined ? null : (files) => shell.grantDropped(files),
  };
}

function portFromShell(shell: Shell): Promise<Port> {
  const nonce = crypto.randomUUID();
  return new Promise((resolve) => {
    window.addEventListener('message', function take(event: MessageEvent) {
      // Only the preload shares this window and knows the nonce.
      if (event.source !== window || event.data?.type !== 'photomill:port' || event.data.nonce !== nonce) return;
      window.removeEventListener('message', take);
      const port = event.ports[0];
      if (port !== undefined) resolve(messagePort(port));
    });
    shell.connect(nonce);
  });
}
