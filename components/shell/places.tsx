import {
  FlaskConical,
  Gauge,
  HardDrive,
  LayoutDashboard,
  type LucideIcon,
  ScrollText,
  SearchCode,
  UserCog,
  Users,
  Waypoints,
} from "lucide-react";
import type { Permission } from "@/lib/auth/permissions";

export type Place = {
  href: string;
  label: string;
  icon: LucideIcon;
  jump: string;
  /** Shown only to those whose role has it; `browse` when not given. */
  permission?: Permission;
};
export type PlaceGroup = { label: string; places: Place[] };

/** Every page one can go to: the rail, the palette, the jumps (`g` and a letter) and the breadcrumb read it. */
export const PLACE_GROUPS: PlaceGroup[] = [
  {
    label: "Look up",
    places: [
      { href: "/", label: "Overview", icon: LayoutDashboard, jump: "o" },
      { href: "/users", label: "Users", icon: Users, jump: "u" },
      { href: "/limits", label: "Limits", icon: Gauge, jump: "l" },
      { href: "/search", label: "Search lab", icon: SearchCode, jump: "s" },
    ],
  },
  {
    label: "Answer for",
    places: [
      { href: "/audit", label: "Audit log", icon: ScrollText, jump: "a", permission: "audit" },
      { href: "/operators", label: "Operators", icon: UserCog, jump: "p", permission: "operators" },
    ],
  },
  {
    label: "Engine",
    places: [
      { href: "/usage", label: "Memory use", icon: HardDrive, jump: "m" },
      { href: "/indexes", label: "Index", icon: Waypoints, jump: "i" },
      {
        href: "/playground",
        label: "Playground",
        icon: FlaskConical,
        jump: "y",
        permission: "playground",
      },
    ],
  },
];

/** The places a role may go to, group by group; a group without any is left out. */
export function placeGroupsFor(can: (permission: Permission) => boolean): PlaceGroup[] {
  return PLACE_GROUPS.map(({ label, places }) => ({
    label,
    places: places.filter(({ permission }) => can(permission ?? "browse")),
  })).filter(({ places }) => places.length > 0);
}

export const PLACES: Place[] = PLACE_GROUPS.flatMap((group) => group.places);

/** The place a path belongs to: `/users/x/sessions` is under Users. */
export function placeOf(pathname: string): Place | undefined {
  if (pathname === "/") return PLACES[0];
  return PLACES.find(({ href }) => href !== "/" && (pathname === href || pathname.startsWith(`${href}/`)));
}
