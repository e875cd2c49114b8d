/**
 * Owns the memory account of the engine: who may start now and who waits. Knows bytes, not pictures.
 * First come, first served: a large job at the head holds the smaller ones behind it back, so it can't starve.
 */
export interface MemoryAccount {
  readonly reservedBytes: number;
  /**
   * Waits until `bytes` fit the budget, then counts them as used until `release` is called.
   * A job larger than the whole budget runs alone. Rejects with the signal's reason when aborted while waiting.
   */
  reserve(signal: AbortSignal, bytes: number): Promise<Reservation>;
  setBudget(budgetBytes: number): void;
}

export interface Reservation {
  release(): void;
}

interface Waiter {
  readonly bytes: number;
  readonly start: () => void;
}

export function createMemoryAccount(initialBudgetBytes: number): MemoryAccount {
  let budgetBytes = initialBudgetBytes;
  let reservedBytes = 0;
  const waiters: Waiter[] = [];

  const admit = () => {
    for (;;) {
      const next = waiters[0];
      if (next === undefined) return;
      const fits = reservedBytes === 0 || reservedBytes + next.bytes <= budgetBytes;
      if (!fits) return;
      waiters.shift();
      reservedBytes += next.bytes;
      next.start();
    }
  };

  return {
    get reservedBytes() {
      return reservedBytes;
    },
    reserve(signal, bytes) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const giveUp = () => {
          const place = waiters.indexOf(waiter);
          if (place < 0) return;
          waiters.splice(place, 1);
          reject(signal.reason);
          // The one that left may have been the large one in front of smaller ones that fit.
          admit();
        };
        const waiter: Waiter = {
          bytes,
          start: () => {
            signal.removeEventListener('abort', giveUp);
            resolve(reservationOf(bytes));
          },
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiters.push(waiter);
        admit();
      });
    },
    setBudget(next) {
      budgetBytes = next;
      admit();
    },
  };

  function reservationOf(bytes: number): Reservation {
    let held = true;
    return {
      release() {
        if (!held) return;
        held = false;
        reservedBytes -= bytes;
        admit();
      },
    };
  }
}
