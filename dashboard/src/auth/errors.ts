/** What a refusal of the sign-in means to a person, as a key of the messages under `auth`. */
export function authProblem(error: unknown): "wrong" | "often" | "weak" | "expired" | "offline" | "other" {
  const { status, code, name } = (error ?? {}) as { status?: number; code?: string; name?: string };
  if (name === "AuthRetryableFetchError" || status === 0 || error instanceof TypeError) return "offline";
  if (status === 429 || code?.startsWith("over_")) return "often";
  if (code === "invalid_credentials" || code === "user_not_found") return "wrong";
  if (code === "weak_password" || code === "same_password") return "weak";
  if (code === "otp_expired" || code === "session_not_found" || name === "AuthSessionMissingError")
    return "expired";
  return status === 400 ? "wrong" : "other";
}
