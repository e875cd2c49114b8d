/**
 * Owns the line over a WebSocket, from either end (a browser's socket; one of `ws`, which listens the same way), and
 * how a browser comes by its token. Refuses to know what is said on the line and when to try again after it broke.
 */
import { Fault } from './faults.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { createClosing, type Port } from './port.ts';

/** Where the serve host listens for the contract. */
export const CONTRACT_PATH = '/contract';
/** The protocol the server picks; the token travels as a second one beside it, and so is in no address and no log. */
export const PROTOCOL = 'photomill';
export const tokenProtocol = (token: string): string => `${PROTOCOL}.${token}`;

const TOKEN_PREFIX = '#token=';
const TOKEN_KEY = 'photomill.token';
/** An end that reads nothing must not make the other hold its pictures for ever: four of the largest, then it is cut. */
const MAX_WAITING_BYTES = 2 ** 30;

interface WebSocketLike {
  binaryType: string;
  readonly bufferedAmount: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

/** For a socket that is open. Set up at once when it opens: a WebSocket keeps no messages for a late listener. */
export function webSocketPort(socket: WebSocketLike): Port {
  const closing = createClosing();
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('close', closing.close);
  return {
    post(message) {
      if (closing.closed) return;
      socket.send(encodeFrame(message));
      if (socket.bufferedAmount > MAX_WAITING_BYTES) {
        closing.close();
        socket.close(1013, 'too far behind');
      }
    },
    onMessage(listener) {
      socket.addEventListener('message', ({ data }) => {
        if (!closing.closed) listener(readFrame(data));
      });
    },
    onClose: closing.onClose,
    close() {
      closing.close();
      socket.close(1000);
    },
  };
}

/** null for a frame that is none: the contract's end counts and drops it like every malformed message. */
function readFrame(data: unknown): unknown {
  try {
    return decodeFrame(data instanceof ArrayBuffer ? new Uint8Array(data) : String(data));
  } catch {
    return null;
  }
}

/** What of a browser's window is needed. */
export interface Page {
  readonly location: Pick<Location, 'hash' | 'origin' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * Opens the line to the host that served this page. Rejects with E_TOKEN where the host answers but refuses the token,
 * with E_CLOSED where it does not answer: only that one is worth another try.
 */
export async function connectWebSocket(page: Page = window): Promise<Port> {
  const token = takeToken(page);
  if (token === null || !/^[\w-]+$/.test(token)) throw new Fault('E_TOKEN');
  const address = new URL(CONTRACT_PATH, page.location.origin);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address, [PROTOCOL, tokenProtocol(token)]);
  const opened = await new Promise<Port | null>((resolve) => {
    socket.addEventListener('open', () => resolve(webSocketPort(socket)));
    socket.addEventListener('close', () => resolve(null));
  });
  if (opened !== null) return opened;
  // A browser does not tell why an upgrade failed; whether the host answers at all does.
  const answers = await fetch(page.location.origin, { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  );
  throw new Fault(answers ? 'E_TOKEN' : 'E_CLOSED');
}

/**
 * The token from the printed address, or the one this tab was opened with; null where there is neither. It is taken
 * out of the address bar (screenshots, history, a shared link) and kept for the tab alone, so that a reload works.
 */
function takeToken({ location, history, sessionStorage }: Page): string | null {
  if (!location.hash.startsWith(TOKEN_PREFIX)) return sessionStorage.getItem(TOKEN_KEY);
  const token = location.hash.slice(TOKEN_PREFIX.length);
  sessionStorage.setItem(TOKEN_KEY, token);
  history.replaceState(null, '', location.pathname + location.search);
  return token;
}
