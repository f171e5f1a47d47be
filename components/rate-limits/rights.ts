/** What the operator may do on these pages. The server decides again; this only hides what it would refuse. */
export interface LimitRights {
  /** Reset a window, repair a stuck counter. */
  repair: boolean;
  /** Set a limit, count a request by hand. */
  edit: boolean;
}
