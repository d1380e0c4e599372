// A day of a person with supabase-js: run in the dashboard's folder, which has it installed.
import { createRequire } from "node:module";
import assert from "node:assert/strict";

const require = createRequire(`${process.cwd()}/`);
const { createClient } = require("@supabase/supabase-js");
const [url, serviceKey] = process.argv.slice(2);
const options = {
  auth: { persistSession: false, autoRefreshToken: false },
  realtime: { transport: class {} }, // Node 20 has no WebSocket, and none is needed
};
const admin = createClient(url, serviceKey, options).auth.admin;
const auth = createClient(url, "anon", options).auth;
const good = ({ data, error }) => {
  assert.equal(error, null);
  return data;
};

const email = "amina@example.com";
good(await admin.createUser({ email, password: "maridadi-1", email_confirm: true }));

const wrong = await auth.signInWithPassword({ email, password: "no" });
assert.equal(wrong.error.code, "invalid_credentials");

const { session } = good(await auth.signInWithPassword({ email, password: "maridadi-1" }));
assert.equal(good(await auth.getClaims(session.access_token)).claims.email, email);
const renewed = good(await auth.refreshSession());
assert.notEqual(renewed.session.refresh_token, session.refresh_token);
const again = good(await auth.refreshSession({ refresh_token: session.refresh_token }));
assert.equal(again.session.refresh_token, renewed.session.refresh_token);

assert.equal((await auth.updateUser({ password: "short" })).error.code, "weak_password");
good(await auth.updateUser({ password: "kanga-mpya-2", data: { name: "Amina" } }));
assert.equal(good(await auth.getUser()).user.user_metadata.name, "Amina");
good(await auth.resetPasswordForEmail(email));
assert.equal((await auth.signOut()).error, null);
const over = await auth.refreshSession({ refresh_token: renewed.session.refresh_token });
assert.equal(over.error.code, "refresh_token_not_found");

good(await admin.inviteUserByEmail("baraka@example.com"));
assert.equal(good(await admin.listUsers()).users.length, 2);
console.log("done");
