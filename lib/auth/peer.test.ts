import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { clientAddress, isLocalPeer, markPeers } from "./peer";

const of = (entries: Record<string, string>) => new Headers(entries);

test("without a proxy of ours the socket decides, whatever the client claims", () => {
  const headers = of({ "x-forwarded-for": "9.9.9.9", "x-console-peer": "10.0.0.7" });
  expect(clientAddress(headers, 0)).toBe("10.0.0.7");
});

test("behind n proxies the n-th address from the right is the client's", () => {
  const headers = of({ "x-forwarded-for": "forged, 198.51.100.4, 10.0.0.2", "x-console-peer": "10.0.0.3" });
  expect(clientAddress(headers, 1)).toBe("10.0.0.2");
  expect(clientAddress(headers, 2)).toBe("198.51.100.4");
});

test.each([
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["", "unknown"],
])("%s is counted as %s", (peer, counted) => {
  expect(clientAddress(of({ "x-console-peer": peer }), 0)).toBe(counted);
});

test("Node says the socket's address before the request is handled, over a forged header", async () => {
  markPeers();
  const server = createServer((incoming, answer) => answer.end(String(incoming.headers["x-console-peer"])));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const said = await new Promise<string>((resolve, reject) => {
    request({ port, host: "127.0.0.1", headers: { "x-console-peer": "8.8.8.8" } }, (answer) => {
      answer.setEncoding("utf8").once("data", resolve);
    })
      .on("error", reject)
      .end();
  });
  server.close();
  expect(said).toBe("127.0.0.1");
});

test.each(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])("%s is this machine", (peer) => {
  expect(isLocalPeer(of({ "x-console-peer": peer }))).toBe(true);
});

test.each(["10.0.0.1", "::2", "::ffff:10.127.0.1", "1270.0.0.1", "fe80::1"])("%s is another one", (peer) => {
  expect(isLocalPeer(of({ "x-console-peer": peer, "x-forwarded-for": "127.0.0.1" }))).toBe(false);
});

test("nobody's address is nobody's machine", () => expect(isLocalPeer(of({}))).toBe(false));
