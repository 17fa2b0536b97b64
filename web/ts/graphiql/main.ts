/**
 * GraphiQL for integrators, at `/graphiql` of a server in development (O1): the schema with its descriptions, queries
 * and mutations as the person who is signed in, and subscriptions over the same socket that pages use.
 *
 * Bundled by itself: no page loads any of it.
 */
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import "graphiql/style.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

// The editor's helpers, bundled beside this file.
(self as { MonacoEnvironment?: unknown }).MonacoEnvironment = {
  getWorker: (_: string, language: string): Worker => {
    const worker = language === "graphql" || language === "json" ? language : "editor";
    return new Worker(`/graphiql/${worker}.js`, { type: "module" });
  },
};

const socket = `${location.protocol.replace("http", "ws")}//${location.host}/graphql/ws`;

const start = `# Everything here is asked as whoever is signed in on this server.
# The book on the left explains each type and field.
query Start {
  me {
    name
  }
}
`;

const root = document.getElementById("graphiql");
if (root) {
  const fetcher = createGraphiQLFetcher({ url: "/graphql", wsClient: createClient({ url: socket, lazy: true }) });
  createRoot(root).render(createElement(GraphiQL, { fetcher, defaultQuery: start }));
}
