import { assertEquals, assertThrows } from "@std/assert";
import { HookError } from "../../src/hooks/hook_context.ts";
import { proxyFor } from "../../src/hooks/proxy.ts";

const PROXIES = { HTTP_PROXY: "http://plain:3128", https_proxy: "secure:8443" };

for (
  const [url, noProxy, proxy] of [
    ["http://h.test/", "", "http://plain:3128"],
    ["https://h.test/", "", "http://secure:8443"],
    ["http://localhost/", "", undefined],
    ["https://127.0.0.5/", "", undefined],
    ["http://[::1]:80/", "", undefined],
    ["http://h.test/", "*", undefined],
    ["http://h.test/", "other, h.TEST", undefined],
    ["http://a.h.test/", "h.test", undefined],
    ["http://a.h.test/", ".h.test", undefined],
    ["http://a.h.test/", "*.h.test", undefined],
    ["http://h.test/", ".h.test", "http://plain:3128"],
    ["http://ah.test/", "h.test", "http://plain:3128"],
    ["http://h.test:81/", "h.test:81", undefined],
    ["http://h.test/", "h.test:81", "http://plain:3128"],
    ["https://h.test/", "h.test:443", undefined],
    ["http://10.1.2.3/", "10.0.0.0/8", undefined],
    ["http://11.1.2.3/", "10.0.0.0/8", "http://plain:3128"],
    ["http://10.1.2.3/", "10.1.2.3", undefined],
    ["http://[fd00::1]/", "fd00::/8", undefined],
    ["http://[fd00::1]/", "[fd00::1]", undefined],
    ["http://[fe00::1]/", "fd00::/8", "http://plain:3128"],
    ["http://h.test/", "10.0.0.0/8", "http://plain:3128"],
  ] as const
) {
  Deno.test(`proxyFor(${url}) with NO_PROXY "${noProxy}" is ${proxy}`, () => {
    assertEquals(proxyFor(url, { ...PROXIES, NO_PROXY: noProxy }), proxy);
  });
}

Deno.test("proxyFor() goes direct without variables, and refuses what is no URL", () => {
  assertEquals(proxyFor("http://h.test/", {}), undefined);
  assertThrows(() => proxyFor("http://h.test/", { HTTP_PROXY: "http://" }), HookError, "HTTP_PROXY");
});
