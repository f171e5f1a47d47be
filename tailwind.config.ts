import type { Config } from "tailwindcss";

/** Only names live here; every value is a token of app/globals.css, where light and dark stand side by side. */
const tone = (name: string) => ({
  DEFAULT: `var(--${name})`,
  fg: `var(--${name}-fg)`,
  bg: `var(--${name}-bg)`,
  line: `var(--${name}-line)`,
});

const dataClass = (name: string) => ({ DEFAULT: `var(--class-${name})`, fg: `var(--class-${name}-fg)` });

export default {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  darkMode: ["selector", '[data-theme="dark"]'],
  theme: {
    fontSize: {
      "2xs": ["11px", "16px"],
      xs: ["12px", "16px"],
      sm: ["13px", "20px"],
      base: ["14px", "20px"],
      lg: ["16px", "24px"],
      xl: ["20px", "28px"],
      "2xl": ["24px", "32px"],
    },
    extend: {
      colors: {
        canvas: "var(--canvas)",
        surface: "var(--surface)",
        sunken: "var(--sunken)",
        raised: "var(--raised)",
        hover: "var(--hover)",
        line: { DEFAULT: "var(--line)", strong: "var(--line-strong)", field: "var(--line-field)" },
        fg: { DEFAULT: "var(--fg)", muted: "var(--fg-muted)", subtle: "var(--fg-subtle)" },
        accent: {
          DEFAULT: "var(--accent)",
          hover: "var(--accent-hover)",
          on: "var(--accent-on)",
          fg: "var(--accent-fg)",
          bg: "var(--accent-bg)",
          line: "var(--accent-line)",
        },
        info: tone("info"),
        ok: tone("ok"),
        warn: tone("warn"),
        danger: { ...tone("danger"), hover: "var(--danger-hover)", on: "var(--danger-on)" },
        class: {
          sessions: dataClass("sessions"),
          "rate-limits": dataClass("rate-limits"),
          memories: dataClass("memories"),
          index: dataClass("index"),
          other: dataClass("other"),
          disputed: dataClass("disputed"),
        },
      },
      fontFamily: {
        sans: ["var(--type-sans)", "ui-sans-serif", "system-ui", "sans-serif"],
        mono: ["var(--type-mono)", "ui-monospace", "SFMono-Regular", "Menlo", "monospace"],
      },
      borderRadius: { sm: "4px", DEFAULT: "6px", md: "6px", lg: "8px", xl: "8px" },
      spacing: { rail: "224px", header: "48px" },
      boxShadow: { pop: "var(--shadow-pop)" },
    },
  },
} satisfies Config;
