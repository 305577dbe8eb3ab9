// Tells the form which time zone the device is in, so that days and times read right.
const field = document.querySelector("input[name=zone]");
if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
