/** The part of oidc-provider 9 that the test provider uses; the package brings no types. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  interface RequestContext {
    oidc: {
      client: { clientId: string };
      session: { accountId: string };
      params: { scope: string };
      provider: { Grant: new (of: { accountId: string; clientId: string }) => Grant };
    };
  }

  type Interaction = { login: { accountId: string } } | { error: string; error_description: string };

  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Interaction,
    ): Promise<void>;
  }
}
