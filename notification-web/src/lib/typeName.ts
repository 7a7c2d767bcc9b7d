type Names = Readonly<Record<string, string>>;

/** A type in words; one that a newer server sends is called by its own name. */
export function typeName(names: Names, type: string): string {
  return (Object.hasOwn(names, type) ? names[type] : undefined) ?? type;
}

/** What a notification is called: some have no title. */
export function nameOf(
  notification: { readonly title: string; readonly notification_type: string },
  names: Names,
): string {
  return notification.title.trim() || typeName(names, notification.notification_type);
}
