/** What a test's OpenID provider remembers, each provider for itself. The library's own store is one per process. */

type Payload = Record<string, unknown> & { uid?: string; grantId?: string };

/** An adapter factory as oidc-provider wants it: one adapter for each kind of record. */
export function memoryStorage() {
  const records = new Map<string, Payload>();
  return (kind: string) => {
    const name = (id: string) => `${kind} ${id}`;
    const where = (fits: (payload: Payload) => boolean) =>
      [...records].find(([key, payload]) => key.startsWith(`${kind} `) && fits(payload))?.[1];
    return {
      upsert: async (id: string, payload: Payload) => void records.set(name(id), payload),
      find: async (id: string) => records.get(name(id)),
      findByUid: async (uid: string) => where((payload) => payload.uid === uid),
      findByUserCode: async () => undefined,
      destroy: async (id: string) => void records.delete(name(id)),
      consume: async (id: string) => {
        const payload = records.get(name(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      revokeByGrantId: async (grantId: string) => {
        for (const [key, payload] of records) {
          // Of its own kind alone: an interaction under way knows its grant too, and goes on.
          if (key.startsWith(`${kind} `) && payload.grantId === grantId) records.delete(key);
        }
      },
    };
  };
}
