/** What a client does when the socket closes. A test keeps it equal to the gateway's `CloseCode`. */
export interface CloseCode {
  readonly code: number;
  readonly name: string;
  /** Come back with back-off; otherwise stay away. */
  readonly reconnect: boolean;
}

export const closeCodes: readonly CloseCode[] = [
  { code: 1000, name: "normal", reconnect: true },
  { code: 1001, name: "going_away", reconnect: true },
  { code: 1002, name: "protocol_error", reconnect: false },
  { code: 1003, name: "unsupported_data", reconnect: false },
  { code: 1005, name: "no_status", reconnect: true },
  { code: 1006, name: "abnormal", reconnect: true },
  { code: 1007, name: "invalid_payload", reconnect: false },
  { code: 1008, name: "policy_violation", reconnect: false },
  { code: 1009, name: "message_too_big", reconnect: false },
  { code: 1010, name: "mandatory_extension", reconnect: false },
  { code: 1011, name: "internal_error", reconnect: true },
  { code: 1012, name: "service_restart", reconnect: true },
  { code: 1013, name: "try_again_later", reconnect: true },
  { code: 1014, name: "bad_gateway", reconnect: true },
  { code: 1015, name: "tls_handshake", reconnect: true },
  { code: 4408, name: "not_authenticated_in_time", reconnect: true },
  { code: 4413, name: "too_slow", reconnect: true },
  { code: 4421, name: "wrong_shard", reconnect: true },
  { code: 4429, name: "too_many_frames", reconnect: true },
  { code: 4441, name: "token_expired", reconnect: true },
  { code: 4500, name: "bad_frame", reconnect: false },
  { code: 4501, name: "bad_token", reconnect: false },
  { code: 4503, name: "not_allowed", reconnect: false },
  { code: 4509, name: "too_many_sessions", reconnect: false },
  { code: 4510, name: "signed_out", reconnect: false },
];

/** Whether to come back. A code that is not in the table goes by its range: 4000-4499 come back, all others stay away. */
export function mayComeBack(code: number): boolean {
  const known = closeCodes.find((entry) => entry.code === code);
  return known ? known.reconnect : code >= 4000 && code < 4500;
}

/** The code's name, for decisions about single codes; `unknown` if it is not in the table. */
export function closeName(code: number): string {
  return closeCodes.find((entry) => entry.code === code)?.name ?? "unknown";
}
