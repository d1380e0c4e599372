/** What a sender of SMS is given by, at each provider. */
export const SMS_FIELDS = {
  africastalking: [{ name: "sender", spaced: true }, { name: "username" }, { name: "api_key", secret: true }],
  twilio_sms: [{ name: "sender", spaced: true }, { name: "account_sid" }, { name: "auth_token", secret: true }],
} as const;
