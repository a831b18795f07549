// Everything works without this. With it, saving keeps the place, text that is not saved is not lost by leaving,
// and filters act at once. Pages ask for each with an attribute: see DEVELOPERS.md, "Comfort".
import { arrive } from "./comfort/page.js";
import { filterAtOnce } from "./comfort/filtering.js";
import { printWhatWasTyped } from "./comfort/printing.js";
import { saveInPlace } from "./comfort/saving.js";
import { sendOnce } from "./comfort/sending.js";
import { staySignedIn } from "./comfort/staying.js";
import { warnOfUnsaved } from "./comfort/unsaved.js";
import { waitForFile } from "./comfort/waiting.js";

arrive(document);
saveInPlace();
sendOnce();
warnOfUnsaved();
filterAtOnce();
printWhatWasTyped();
waitForFile();
staySignedIn();
