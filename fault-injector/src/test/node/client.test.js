// All that toxiproxy-node-client offers. CONTROL_URL is the control API; what it says goes to a proxy that echoes.
import assert from "node:assert/strict";
import net from "node:net";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { Toxiproxy, ToxiproxyError } from "toxiproxy-node-client";

const toxiproxy = new Toxiproxy(process.env.CONTROL_URL);
const echo = net.createServer((socket) => socket.on("error", () => {}).pipe(socket));
let upstream;
let proxy;

before(async () => {
  await new Promise((listening) => echo.listen(0, "127.0.0.1", listening));
  upstream = `127.0.0.1:${echo.address().port}`;
});

beforeEach(async () => {
  proxy = await toxiproxy.createProxy({ name: "one", listen: "127.0.0.1:0", upstream });
});

afterEach(async () => {
  for (const left of Object.values(await toxiproxy.getAll())) {
    await left.remove();
  }
});

after(() => echo.close());

/** Connects, says hello, and returns what comes back until all is there or the other side ends, and how long it took. */
function talk(listen) {
  const port = Number(listen.split(":").at(-1));
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1", () => socket.write("hello"));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
      if (answer.length === 5) {
        socket.end();
      }
    });
    socket.on("error", reject);
    socket.on("close", () => resolve({ answer, millis: performance.now() - start }));
  });
}

const ATTRIBUTES = {
  latency: [{ latency: 100, jitter: 10 }, { latency: 200, jitter: 20 }],
  bandwidth: [{ rate: 1000 }, { rate: 2000 }],
  slow_close: [{ delay: 100 }, { delay: 200 }],
  timeout: [{ timeout: 100 }, { timeout: 200 }],
  slicer: [
    { average_size: 100, size_variation: 10, delay: 1 },
    { average_size: 200, size_variation: 20, delay: 2 },
  ],
  limit_data: [{ bytes: 100 }, { bytes: 200 }],
  reset_peer: [{ timeout: 100 }, { timeout: 200 }],
};

for (const stream of ["upstream", "downstream"]) {
  for (const [type, [first, second]] of Object.entries(ATTRIBUTES)) {
    test(`adds, changes and removes ${type} ${stream}`, async () => {
      const body = { name: "mine", type, stream, toxicity: 1, attributes: first };

      const added = await proxy.addToxic(body);
      assert.deepEqual(added.toJson(), body);

      const changed = await added.update({ ...body, toxicity: 0.5, attributes: second });
      assert.deepEqual(changed.toJson(), { ...body, toxicity: 0.5, attributes: second });
      assert.deepEqual((await proxy.getToxic("mine")).toJson(), changed.toJson());

      await changed.remove();
      await assert.rejects(proxy.getToxic("mine"), { message: "Request failed with status code 404" });
    });
  }
}

test("creates, finds, lists, changes and removes proxies", async () => {
  const two = await toxiproxy.createProxy({ name: "two", listen: "localhost:0", upstream, enabled: true });

  assert.match(two.listen, /^127\.0\.0\.1:[1-9]\d*$/);
  assert.equal(two.getPath(), `${process.env.CONTROL_URL}/proxies/two`);
  assert.deepEqual((await toxiproxy.get("two")).toJson(), two.toJson());
  assert.deepEqual(Object.keys(await toxiproxy.getAll()).sort(), ["one", "two"]);

  const disabled = await two.update({ enabled: false, listen: two.listen, upstream: "127.0.0.1:1" });
  assert.deepEqual(disabled.toJson(), { ...two.toJson(), enabled: false, upstream: "127.0.0.1:1" });
  await assert.rejects(talk(two.listen), { code: "ECONNREFUSED" });

  const enabled = await disabled.update({ enabled: true, listen: two.listen, upstream });
  assert.deepEqual(enabled.toJson(), two.toJson());
  assert.equal((await talk(two.listen)).answer, "hello");

  await two.remove();
  await assert.rejects(toxiproxy.get("two"), ToxiproxyError);
  await assert.rejects(toxiproxy.createProxy({ name: "one", listen: "127.0.0.1:0", upstream }), {
    message: "Request failed with status code 409",
  });
});

test("populates", async () => {
  const proxies = await toxiproxy.populate([
    { name: "one", listen: proxy.listen, upstream },
    { name: "two", listen: "127.0.0.1:0", upstream, enabled: false },
  ]);

  assert.deepEqual(Object.keys(proxies), ["one", "two"]);
  assert.deepEqual(proxies.one.toJson(), proxy.toJson());
  assert.equal(proxies.two.enabled, false);
  assert.deepEqual(await toxiproxy.populate([{ name: "three", listen: "127.0.0.1:0", upstream }]).then(Object.keys), [
    "three",
  ]);
});

test("breaks connections, and resets", async () => {
  await proxy.addToxic({
    name: "slow",
    type: "latency",
    stream: "downstream",
    toxicity: 1,
    attributes: { latency: 100, jitter: 0 },
  });
  const slow = await talk(proxy.listen);
  assert.equal(slow.answer, "hello");
  assert.ok(slow.millis >= 100, `${slow.millis} ms`);

  await proxy.addToxic({
    name: "short",
    type: "limit_data",
    stream: "downstream",
    toxicity: 1,
    attributes: { bytes: 3 },
  });
  assert.equal((await talk(proxy.listen)).answer, "hel");

  await toxiproxy.reset();
  assert.equal((await talk(proxy.listen)).answer, "hello");
  await assert.rejects(proxy.getToxic("slow"), ToxiproxyError);
});

test("tells the version", async () => {
  assert.match(JSON.parse(await toxiproxy.getVersion()).version, /\S/);
});
