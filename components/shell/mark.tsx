/** Nine cells, some remembered. The same drawing as app/icon.svg. */
export function Mark({ className = "size-5" }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden className={className}>
      <rect width="20" height="20" rx="5" fill="var(--accent)" />
      <g fill="#fff">
        <rect x="4" y="4" width="3.4" height="3.4" rx="0.9" />
        <rect x="8.3" y="4" width="3.4" height="3.4" rx="0.9" opacity=".35" />
        <rect x="12.6" y="4" width="3.4" height="3.4" rx="0.9" />
        <rect x="4" y="8.3" width="3.4" height="3.4" rx="0.9" />
        <rect x="8.3" y="8.3" width="3.4" height="3.4" rx="0.9" />
        <rect x="12.6" y="8.3" width="3.4" height="3.4" rx="0.9" />
        <rect x="4" y="12.6" width="3.4" height="3.4" rx="0.9" />
        <rect x="8.3" y="12.6" width="3.4" height="3.4" rx="0.9" opacity=".35" />
        <rect x="12.6" y="12.6" width="3.4" height="3.4" rx="0.9" />
      </g>
    </svg>
  );
}
