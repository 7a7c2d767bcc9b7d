import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakePage } from "../../testing/fakePage";
import { FakeGateway } from "../../testing/fakeSocket";
import { hideTab } from "../../testing/hiddenTab";
import { SimulatedInbox } from "../../testing/simulatedInbox";
import { closeCodes } from "./closeCodes";
import type { ConnectionStatus } from "../inboxState";
import { LiveSocket } from "./liveSocket";

const URL = "ws://gateway.test/ws/notifications/";
const SECOND = 1_000;

describe("LiveSocket", () => {
  let gateway: FakeGateway;
  let page: FakePage;
  let statuses: ConnectionStatus[];
  let frames: string[];
  let token: string | null;
  let asked: (string | undefined)[];
  let isTokenLost: boolean;
  let jitter: number;
  let socket: LiveSocket;

  beforeEach(async () => {
    vi.useFakeTimers();
    gateway = new FakeGateway();
    page = new FakePage();
    statuses = [];
    frames = [];
    token = "first";
    asked = [];
    isTokenLost = false;
    jitter = 0.5;
    socket = new LiveSocket(
      {
        url: URL,
        page,
        openSocket: gateway.open,
        random: () => jitter,
        getToken: (ending) => {
          asked.push(ending);
          return isTokenLost ? Promise.reject(new Error("no network")) : Promise.resolve(token);
        },
      },
      {
        status: (status) => {
          if (statuses.at(-1) !== status) {
            statuses.push(status);
          }
        },
        welcome: () => frames.push("welcome"),
        inbox: (frame) => frames.push(frame.type),
      },
    );
    socket.start();
    await passed(0);
  });

  afterEach(() => {
    socket.stop();
    expect(vi.getTimerCount(), "timers left behind").toBe(0);
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const passed = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  /** @returns how many seconds it waited, in steps of half a one */
  async function untilOpened(): Promise<number> {
    const opened = gateway.sockets.length;
    let waited = 0;
    while (gateway.sockets.length === opened && waited < 100) {
      await passed(SECOND / 2);
      waited += 0.5;
    }
    return waited;
  }

  it("offers the token beside the protocol, and is live with the first frame", () => {
    expect(gateway.latest.url).toBe(URL);
    expect(gateway.latest.protocols).toEqual(["belfry.v1", "bearer.first"]);
    expect(statuses).toEqual(["connecting"]);
    gateway.latest.welcome();
    expect(statuses).toEqual(["connecting", "live"]);
    new SimulatedInbox((frame) => gateway.latest.receive(frame)).add();
    expect(frames).toEqual(["welcome", "notification"]);
  });

  describe("when the socket closes", () => {
    beforeEach(() => gateway.latest.welcome());

    const comers = closeCodes.filter(({ reconnect, name }) => reconnect && name !== "token_expired");
    it.each(comers)("comes back after $code $name", async ({ code }) => {
      gateway.latest.end(code);
      expect(statuses.at(-1)).toBe("reconnecting");
      await passed(SECOND);
      gateway.assertOpened(2);
      gateway.latest.welcome();
      expect(statuses.at(-1)).toBe("live");
    });

    it.each(closeCodes.filter(({ reconnect }) => !reconnect))("stays away after $code $name", async ({ code }) => {
      gateway.latest.end(code);
      await passed(600 * SECOND);
      gateway.assertOpened(1);
      expect(statuses.at(-1)).toBe([4501, 4510].includes(code) ? "signed_out" : "stopped");
      page.set({ visible: false });
      page.set({ visible: true });
      await passed(600 * SECOND);
      gateway.assertOpened(1);
    });

    it("comes back after an expired token with a newer one only", async () => {
      token = "second";
      gateway.latest.end(4441);
      await passed(SECOND);
      expect(asked).toEqual([undefined, "first"]);
      expect(gateway.latest.token).toBe("second");
    });
  });

  it("waits with full jitter, from a second to half a minute", async () => {
    jitter = 0.999;
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      gateway.latest.end(1006);
      waits.push(await untilOpened());
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    jitter = 0;
    const opened = gateway.sockets.length;
    gateway.latest.end(1006);
    await passed(1);
    gateway.assertOpened(opened + 1);
  });

  it("begins with small waits again only after a socket that lasted", async () => {
    jitter = 0.999;
    const dropped = () => {
      gateway.latest.welcome();
      gateway.latest.end(1012);
      return untilOpened();
    };
    expect([await dropped(), await dropped(), await dropped()]).toEqual([1, 2, 4]);
    gateway.latest.welcome();
    for (let beat = 0; beat < 3; beat++) {
      await passed(10 * SECOND);
      gateway.latest.receive({ type: "pong" });
    }
    gateway.latest.end(1012);
    expect(await untilOpened()).toBe(1);
  });

  it("keeps asking for a token while that cannot be found out", async () => {
    gateway.latest.welcome();
    isTokenLost = true;
    gateway.latest.end(1006);
    await passed(60 * SECOND);
    gateway.assertOpened(1);
    expect(asked.length).toBeGreaterThan(3);
    expect(statuses.at(-1)).toBe("reconnecting");
    isTokenLost = false;
    await untilOpened();
    gateway.assertOpened(2);
  });

  describe("when nothing is heard", () => {
    it("pings after the heartbeat, gives the socket up ten seconds later, and comes back", async () => {
      gateway.latest.welcome({ heartbeat_seconds: 25 });
      const [silent] = gateway.sockets;
      await passed(24 * SECOND);
      expect(silent?.sent).toEqual([]);
      await passed(SECOND);
      expect(silent?.sent).toEqual([{ type: "ping" }]);
      await passed(10 * SECOND);
      expect(silent?.closedByClient).not.toBeNull();
      expect(statuses.at(-1)).toBe("reconnecting");
      await passed(SECOND);
      gateway.assertOpened(2);
    });

    it("gives the socket up within 75 seconds in a hidden tab", async () => {
      hideTab();
      gateway.latest.welcome({ heartbeat_seconds: 25 });
      for (let beat = 0; beat < 12; beat++) {
        await passed(26 * SECOND);
        gateway.latest.receive({ type: "pong" });
      }
      expect(statuses.at(-1)).toBe("live");
      let silent = 0;
      while (statuses.at(-1) === "live" && silent < 300) {
        await passed(SECOND);
        silent++;
      }
      expect(silent).toBeGreaterThan(25);
      expect(silent).toBeLessThanOrEqual(75);
    });

    it("gives up a handshake that never ends", async () => {
      await passed(11 * SECOND);
      gateway.assertOpened(2);
      expect(gateway.sockets[0]?.closedByClient).not.toBeNull();
    });
  });

  describe("when the gateway asks it to move", () => {
    it("leaves the old socket when the new one is let in", async () => {
      gateway.latest.welcome();
      const [old] = gateway.sockets;
      gateway.latest.receive({ type: "reconnect", after_ms: 1_500 });
      await passed(1_400);
      gateway.assertOpened(1);
      await passed(100);
      gateway.assertOpened(2);
      expect(old?.closedByClient).toBeNull();
      gateway.latest.welcome();
      expect(old?.closedByClient).toBe(1000);
      expect(statuses).toEqual(["connecting", "live"]);
    });

    it("opens one socket, not two, when the old one is closed meanwhile", async () => {
      gateway.latest.welcome();
      const [old] = gateway.sockets;
      old?.receive({ type: "reconnect", after_ms: 100 });
      await passed(100);
      old?.end(1012);
      await passed(60);
      gateway.latest.welcome();
      await passed(5 * SECOND);
      gateway.assertOpened(2);
      expect(statuses.at(-1)).toBe("live");
    });
  });

  describe("when the page changes", () => {
    const gone = { online: false, visible: false };
    it.each([
      ["the network is back", { online: true }],
      ["the reader looks", { online: true, visible: true }],
    ])("tries at once when %s", async (_, back) => {
      jitter = 0.999;
      gateway.latest.end(1006);
      expect(await untilOpened()).toBe(1);
      gateway.latest.end(1006);
      await passed(1_100);
      gateway.assertOpened(2);
      page.set(gone);
      page.set(back);
      await passed(0);
      gateway.assertOpened(3);
    });

    it("is offline while the browser says so, whatever becomes of the socket", async () => {
      gateway.latest.welcome();
      page.set({ online: false });
      expect(statuses.at(-1)).toBe("offline");
      gateway.latest.end(1006);
      await passed(SECOND);
      expect(statuses.at(-1)).toBe("offline");
      page.set({ online: true });
      expect(statuses.at(-1)).toBe("reconnecting");
    });

    it("is live when a gateway can be reached although the browser denies it", async () => {
      gateway.latest.welcome();
      page.set({ online: false });
      gateway.latest.end(1006);
      await untilOpened();
      gateway.latest.welcome();
      expect(statuses.at(-1)).toBe("live");
    });

    it("asks an open socket for a sign of life", async () => {
      gateway.latest.welcome();
      page.set({ visible: false });
      page.set({ visible: true });
      expect(gateway.latest.sent.at(-1)).toEqual({ type: "ping" });
      await passed(10 * SECOND);
      expect(statuses.at(-1)).toBe("reconnecting");
    });
  });

  describe("before the token ends", () => {
    const life = (seconds: number) => ({
      time: new Date(Date.now() + 3_600_000).toISOString(),
      token_expires_at: new Date(Date.now() + 3_600_000 + seconds * SECOND).toISOString(),
      heartbeat_seconds: 3_000,
    });

    it("renews it on the live socket, by the server's clock", async () => {
      gateway.latest.welcome(life(900));
      token = "second";
      await passed(809 * SECOND);
      expect(asked).toEqual([undefined]);
      await passed(32 * SECOND);
      expect(asked).toEqual([undefined, "first"]);
      expect(gateway.latest.sent).toEqual([{ type: "authenticate", token: "second", ref: "renewal" }]);
      const { token_expires_at } = life(900);
      gateway.latest.receive({ type: "authenticated", token_expires_at, ref: "renewal" });
      token = "third";
      await passed(841 * SECOND);
      expect(gateway.latest.sent.at(-1)).toMatchObject({ token: "third" });
      gateway.assertOpened(1);
    });

    it("tries again while a newer one cannot be had", async () => {
      gateway.latest.welcome(life(900));
      isTokenLost = true;
      await passed(841 * SECOND);
      isTokenLost = false;
      token = "second";
      await passed(5 * SECOND);
      expect(gateway.latest.sent.at(-1)).toMatchObject({ token: "second" });
    });

    it("lets the socket live to its end when the user has to sign in", async () => {
      gateway.latest.welcome(life(900));
      token = null;
      await passed(899 * SECOND);
      expect(statuses.at(-1)).toBe("live");
      gateway.latest.end(4441);
      await passed(30 * SECOND);
      expect(statuses.at(-1)).toBe("signed_out");
    });
  });

  it("is silent after it was stopped", async () => {
    gateway.latest.welcome();
    socket.stop();
    expect(gateway.latest.closedByClient).toBe(1000);
    gateway.latest.receive({ type: "reconnect", after_ms: 0 });
    gateway.latest.end(1006);
    page.set({ visible: true });
    await passed(60 * SECOND);
    gateway.assertOpened(1);
    expect(statuses).toEqual(["connecting", "live"]);
  });
});
