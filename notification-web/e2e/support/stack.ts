/** Where the system under test is. The same for the process that starts it and for those that test it. */
export interface Stack {
  readonly pageUrl: string;
  readonly gatewayPort: number;
  /** Where the page is told to find the gateway: the proxy of the tests listens there. */
  readonly proxyPort: number;
  /** Started for this run and stopped after it. */
  readonly isOurs: boolean;
}

export function currentStack(): Stack {
  const { BELFRY_TEST_PAGE_URL, BELFRY_TEST_PROXY_PORT, BELFRY_TEST_STACK, BELFRY_GATEWAY_PORT } = process.env;
  if (!BELFRY_TEST_PAGE_URL) {
    throw new Error("no stack has been chosen");
  }
  return {
    pageUrl: BELFRY_TEST_PAGE_URL,
    gatewayPort: Number(BELFRY_GATEWAY_PORT ?? 8090),
    proxyPort: Number(BELFRY_TEST_PROXY_PORT ?? 18090),
    isOurs: BELFRY_TEST_STACK === "ours",
  };
}
