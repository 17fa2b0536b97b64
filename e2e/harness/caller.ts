// Somebody who talks to the API without a page: keeps the cookie that signing in gave, and reads data or error codes.
import type { Servers } from "./servers.ts";

export type Variables = Record<string, unknown>;
type Answer = { data?: any; errors?: { message: string; extensions?: { code?: string; problems?: any[] } }[] };

export class Caller {
  cookie = "";

  constructor(readonly servers: Servers) {}

  /** The data of an operation that must succeed. */
  async run(query: string, variables: Variables = {}): Promise<any> {
    const answer = await this.ask(query, variables);
    if (answer.errors) throw new Error(`${query}\n${JSON.stringify(answer.errors)}`);
    return answer.data;
  }

  /** The error code of an operation that must be refused. */
  async refusal(query: string, variables: Variables = {}): Promise<string> {
    const answer = await this.ask(query, variables);
    return answer.errors?.[0]?.extensions?.code ?? `no error: ${JSON.stringify(answer)}`;
  }

  async ask(query: string, variables: Variables = {}): Promise<Answer> {
    const response = await this.post(JSON.stringify({ query, variables }));
    return (await response.json()) as Answer;
  }

  /** Sends a body as it is. */
  async post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(`${this.servers.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
      body,
    });
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(";")[0]!;
    return response;
  }
}
