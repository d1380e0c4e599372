"use client";

const DATABASE = "dukani";
const STORE = "kept";

/** What was typed and photographed, kept on this device until it is sent; photos are too large for localStorage. */
export const kept = {
  get: <T>(key: string) => run<T | undefined>("readonly", (store) => store.get(key) as IDBRequest<T | undefined>),
  put: (key: string, value: unknown) => run("readwrite", (store) => store.put(value, key)),
  remove: (key: string) => run("readwrite", (store) => store.delete(key)),
};

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await answer(opening);
  try {
    return await answer(work(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error("the device keeps nothing"));
  });
}
