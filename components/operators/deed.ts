/** What can be done to an operator. */
export type Deed = "role" | "disable" | "password" | "sign-out" | "sessions";
