/** The same work on one server, behind sentinels and on a cluster, with ids as they are. */
import { proveEveryKind } from "../../testing/store-kinds";

proveEveryKind();
