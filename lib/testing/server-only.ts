// Stands in for the package "server-only", which throws anywhere but in a server component.
export {};
