/**
 * One of a kind per process. Next gives pages, route handlers and actions a copy of each module, so what they share (a
 * connection, a subscription, a cache whose forgetting all must see) cannot live in a module's own variables.
 */
const shared = globalThis as unknown as { memoryConsole?: Map<string, unknown> };

/** The one thing of this name, made by whoever asks first. */
export function perProcess<T>(name: string, make: () => T): T {
  shared.memoryConsole ??= new Map();
  if (!shared.memoryConsole.has(name)) shared.memoryConsole.set(name, make());
  return shared.memoryConsole.get(name) as T;
}

/** One for each `owner` (a store), for as long as that lives; `rest` is what the first who asks makes it with. */
export function perOwner<Owner extends object, Rest extends unknown[], T>(
  name: string,
  make: (owner: Owner, ...rest: Rest) => T,
): (owner: Owner, ...rest: Rest) => T {
  const made = perProcess(name, () => new WeakMap<Owner, { it: T }>());
  return (owner, ...rest) => {
    const known = made.get(owner) ?? { it: make(owner, ...rest) };
    made.set(owner, known);
    return known.it;
  };
}
