// Everything here only makes pages quicker and calmer. Every page works without it.
import "./settings.js";
import "@digdir/designsystemet-web";
import "htmx.org";
import "./busy.js";
import "./autosave.js";
import "./focus.js";
import "./status.js";
import "./print.js";
import "./cases.js";
import "./case_keys.js";
import "./keys.js";
import "./act_keys.js";
import "./designer.js";
import "./letters.js";
import "./uploads.js";
