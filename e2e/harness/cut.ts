// Between a page and the API's socket, a network that can be cut.
import type { Page } from "@playwright/test";

export type Network = { cut(): void; mend(): void };

/** For a page that is not open yet; whoever uses it expects problems with a WebSocket. */
export async function networkOf(page: Page): Promise<Network> {
  let cut = false;
  const cutters = new Set<() => void>();
  await page.routeWebSocket(/\/graphql\/ws/, socket => {
    if (cut) return void socket.close({ code: 1012 });
    const server = socket.connectToServer();
    const end = () => {
      void server.close();
      void socket.close({ code: 1012 });
    };
    cutters.add(end);
    socket.onClose(() => {
      cutters.delete(end);
      void server.close();
    });
  });
  return {
    cut: () => {
      cut = true;
      for (const end of cutters) end();
    },
    mend: () => (cut = false),
  };
}
