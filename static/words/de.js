
'use strict';
{
  const globals = this;
  const django = globals.django || (globals.django = {});

  
  django.pluralidx = function(n) {
    const v = (n != 1);
    if (typeof v === 'boolean') {
      return v ? 1 : 0;
    } else {
      return v;
    }
  };
  

  /* gettext library */

  django.catalog = django.catalog || {};
  
  const newcatalog = {
    "A message can have up to {max} characters.": "Eine Nachricht kann bis zu {max} Zeichen haben.",
    "Allow cookies for this site, then reload this page.": "Erlauben Sie Cookies f\u00fcr diese Website und laden Sie die Seite neu.",
    "Another app is using your camera and microphone. Close that app, then try again.": "Ein anderes Programm benutzt gerade Ihre Kamera und Ihr Mikrofon. Schlie\u00dfen Sie es und versuchen Sie es noch einmal.",
    "Another app is using your camera. Close that app, then try again.": "Ein anderes Programm benutzt gerade Ihre Kamera. Schlie\u00dfen Sie es und versuchen Sie es noch einmal.",
    "Another app is using your microphone. Close that app, then try again.": "Ein anderes Programm benutzt gerade Ihr Mikrofon. Schlie\u00dfen Sie es und versuchen Sie es noch einmal.",
    "Applause": "Applaus",
    "Are you still there?": "Sind Sie noch da?",
    "Back to automatic": "Zur\u00fcck zu automatisch",
    "Back to grid": "Zur\u00fcck zum Raster",
    "Camera {number}": "Kamera {number}",
    "Cameras are back": "Die Kameras sind wieder da",
    "Choose a new password": "W\u00e4hlen Sie ein neues Passwort",
    "Close small window": "Kleines Fenster schlie\u00dfen",
    "Connected again": "Wieder verbunden",
    "Connecting\u2026": "Verbinden\u2026",
    "Copied": "Kopiert",
    "Copy this link:": "Kopieren Sie diesen Link:",
    "End spotlight": "Rampenlicht beenden",
    "Everybody sees your screen": "Alle sehen Ihren Bildschirm",
    "Everyone": "Alle",
    "Full screen": "Vollbild",
    "Good": "Gut",
    "Good, with trouble for about {time}": "Gut, etwa {time} lang gest\u00f6rt",
    "Hand lowered because you are speaking": "Ihre Hand ist unten, weil Sie sprechen",
    "Heart": "Herz",
    "In trouble for about {time}": "Gest\u00f6rt, etwa {time} lang",
    "Inside: {names}": "Im Raum: {names}",
    "Invite link copied": "Einladungslink kopiert",
    "It was written before you came back.": "Sie wurde geschrieben, bevor Sie zur\u00fcckkamen.",
    "Join as \u201c{name}\u201d": "Als \u201e{name}\u201c teilnehmen",
    "Join now": "Jetzt teilnehmen",
    "Join the meeting first.": "Nehmen Sie zuerst an der Besprechung teil.",
    "Joining\u2026": "Einen Moment\u2026",
    "Keep it raised": "Oben lassen",
    "Laughing": "Lachen",
    "Leave full screen": "Vollbild verlassen",
    "Left \u00b7 {room} \u00b7 Lanai": "Verlassen \u00b7 {room} \u00b7 Lanai",
    "Less than a minute": "Weniger als eine Minute",
    "Link copied": "Link kopiert",
    "Message copied": "Nachricht kopiert",
    "Messages are deleted when everybody has left.": "Nachrichten werden gel\u00f6scht, wenn alle gegangen sind.",
    "Messages stay with this room for {count} day, for whoever comes later.": [
      "Nachrichten bleiben {count} Tag lang in diesem Raum, f\u00fcr alle, die sp\u00e4ter kommen.",
      "Nachrichten bleiben {count} Tage lang in diesem Raum, f\u00fcr alle, die sp\u00e4ter kommen."
    ],
    "Microphone off again": "Mikrofon wieder aus",
    "Microphone on while you hold Space": "Mikrofon an, solange Sie die Leertaste halten",
    "Microphone {number}": "Mikrofon {number}",
    "More than {count} person is here: cameras pause so that everybody is heard well": [
      "Mehr als {count} Person ist hier: Kameras pausieren, damit alle gut zu h\u00f6ren sind",
      "Mehr als {count} Personen sind hier: Kameras pausieren, damit alle gut zu h\u00f6ren sind"
    ],
    "No camera": "Keine Kamera",
    "No camera or microphone was found. Plug one in, or join without it.": "Weder Kamera noch Mikrofon gefunden. Schlie\u00dfen Sie etwas an oder nehmen Sie ohne teil.",
    "No camera was found. Plug one in, or join without it.": "Keine Kamera gefunden. Schlie\u00dfen Sie eine an oder nehmen Sie ohne teil.",
    "No longer large for me": "F\u00fcr mich nicht mehr gro\u00df",
    "No meeting here": "Hier ist keine Besprechung",
    "No microphone": "Kein Mikrofon",
    "No microphone was found. Plug one in, or join without it.": "Kein Mikrofon gefunden. Schlie\u00dfen Sie eines an oder nehmen Sie ohne teil.",
    "Nobody else is in this meeting. You leave it in {time}.": "Au\u00dfer Ihnen ist niemand in dieser Besprechung. In {time} verlassen Sie sie.",
    "Nobody here has that name.": "Hier hei\u00dft niemand so.",
    "Nobody inside": "Niemand im Raum",
    "Nobody is here yet": "Noch ist niemand da",
    "Not sent yet. It is sent when the connection is back.": "Noch nicht gesendet. Das geschieht, sobald die Verbindung wieder da ist.",
    "Not sent. {reason}": "Nicht gesendet. {reason}",
    "Nothing was heard from this page for a while.": "Von dieser Seite war eine Weile nichts zu h\u00f6ren.",
    "Only {name} and you will see this.": "Das sehen nur {name} und Sie.",
    "Options for your screen": "Optionen f\u00fcr Ihren Bildschirm",
    "Options for {name}": "Optionen f\u00fcr {name}",
    "Options for {name}\u2019s screen": "Optionen f\u00fcr den Bildschirm von {name}",
    "Page {page} of {pages}": "Seite {page} von {pages}",
    "Party": "Feiern",
    "Please choose a password of your own, then open the meeting\u2019s link again.": "Bitte w\u00e4hlen Sie zuerst ein eigenes Passwort und \u00f6ffnen Sie dann den Link der Besprechung erneut.",
    "Please enter a name of 1 to {max} characters.": "Bitte geben Sie einen Namen mit 1 bis {max} Zeichen ein.",
    "Please enter your name.": "Bitte geben Sie Ihren Namen ein.",
    "Reconnecting\u2026": "Neu verbinden\u2026",
    "Reconnecting\u2026 the call goes on": "Neu verbinden\u2026 das Gespr\u00e4ch geht weiter",
    "Reconnecting\u2026 you can still be heard": "Neu verbinden\u2026 man kann Sie weiter h\u00f6ren",
    "Reconnecting\u2026 your network seems to be away": "Neu verbinden\u2026 Ihr Netz scheint weg zu sein",
    "Reconnecting\u2026 your seat is kept": "Neu verbinden\u2026 Ihr Platz bleibt frei",
    "Reload it to go on.": "Laden Sie sie neu, dann geht es weiter.",
    "Remove {name}": "{name} entfernen",
    "Remove {name} from the meeting?": "{name} aus der Besprechung entfernen?",
    "See you soon.": "Bis bald.",
    "Sending\u2026": "Wird gesendet\u2026",
    "Show large for me": "F\u00fcr mich gro\u00df zeigen",
    "Small window": "Kleines Fenster",
    "Someone here already uses that name.": "Hier hei\u00dft schon jemand so.",
    "Speaker {number}": "Lautsprecher {number}",
    "Spotlight for everybody": "Rampenlicht f\u00fcr alle",
    "Starting your camera\u2026": "Ihre Kamera startet\u2026",
    "Still there?": "Sind Sie noch da?",
    "Surprised": "\u00dcberrascht",
    "System speaker": "Lautsprecher des Systems",
    "That message is too long.": "Diese Nachricht ist zu lang.",
    "That person could not be reached just now.": "Diese Person war gerade nicht erreichbar.",
    "That person is no longer in the meeting.": "Diese Person ist nicht mehr in der Besprechung.",
    "That was too much at once. Please wait a moment.": "Das war zu viel auf einmal. Bitte warten Sie einen Moment.",
    "The connection was lost": "Die Verbindung ist abgerissen",
    "The connection was lost. Please try again.": "Die Verbindung ist abgerissen. Bitte versuchen Sie es noch einmal.",
    "The host closed this meeting.": "Die Leitung hat diese Besprechung geschlossen.",
    "The host removed you from this meeting.": "Die Leitung hat Sie aus dieser Besprechung entfernt.",
    "The link could not be copied. It is {link}": "Der Link lie\u00df sich nicht kopieren. Er lautet {link}",
    "The meeting ended for you": "Die Besprechung ist f\u00fcr Sie zu Ende",
    "The meeting is over": "Die Besprechung ist zu Ende",
    "The message could not be copied": "Die Nachricht lie\u00df sich nicht kopieren",
    "The screen could not be shared. Please try again.": "Der Bildschirm lie\u00df sich nicht teilen. Bitte versuchen Sie es noch einmal.",
    "The server cannot be reached just now. Trying again\u2026": "Der Server ist gerade nicht erreichbar. Es wird weiter versucht\u2026",
    "The server could not be reached for two minutes. Check your network, then rejoin.": "Der Server war zwei Minuten lang nicht erreichbar. Pr\u00fcfen Sie Ihr Netz und kommen Sie dann zur\u00fcck.",
    "The server could not understand this page. Reload it and try again.": "Der Server hat diese Seite nicht verstanden. Laden Sie sie neu und versuchen Sie es noch einmal.",
    "The server is busy. Trying again in a moment.": "Der Server ist besch\u00e4ftigt. Gleich wird es noch einmal versucht.",
    "The server is restarting.": "Der Server startet neu.",
    "The spotlight is off": "Das Rampenlicht ist aus",
    "Their browser sends too much": "Der Browser dieser Person sendet zu viel",
    "There is no open meeting at this link.": "Unter diesem Link gibt es keine offene Besprechung.",
    "This meeting is full ({count} person)": [
      "Diese Besprechung ist voll ({count} Person)",
      "Diese Besprechung ist voll ({count} Personen)"
    ],
    "This meeting is full ({count} person).": [
      "Diese Besprechung ist voll ({count} Person).",
      "Diese Besprechung ist voll ({count} Personen)."
    ],
    "This meeting is full.": "Diese Besprechung ist voll.",
    "This page is out of date": "Diese Seite ist veraltet",
    "This page was open for a long time. Reload it to join.": "Diese Seite war lange offen. Laden Sie sie neu, um teilzunehmen.",
    "Thumbs up": "Daumen hoch",
    "To come back, open the meeting\u2019s link again.": "Um zur\u00fcckzukommen, \u00f6ffnen Sie den Link der Besprechung noch einmal.",
    "Today": "Heute",
    "Trouble connecting\u2026": "Verbindung gest\u00f6rt\u2026",
    "Use \u201c{name}\u201d": "\u201e{name}\u201c nehmen",
    "Very weak connection": "Sehr schwache Verbindung",
    "Waiting\u2026": "Einen Moment\u2026",
    "Weak connection": "Schwache Verbindung",
    "Yesterday": "Gestern",
    "You": "Sie",
    "You are already in the meeting.": "Sie sind schon in der Besprechung.",
    "You are here elsewhere": "Sie sind woanders hier",
    "You are in the spotlight": "Sie stehen im Rampenlicht",
    "You are in the spotlight: everybody sees you large": "Sie stehen im Rampenlicht: Alle sehen Sie gro\u00df",
    "You are in this meeting twice already. Leave it in another tab or on another device first.": "Sie sind schon zweimal in dieser Besprechung. Verlassen Sie sie zuerst in einem anderen Tab oder auf einem anderen Ger\u00e4t.",
    "You are muted": "Mikrofon aus",
    "You are muted. Unmute to be heard.": "Ihr Mikrofon ist aus. Schalten Sie es ein, damit man Sie h\u00f6rt.",
    "You are not allowed to do that.": "Das d\u00fcrfen Sie nicht.",
    "You are signed out": "Sie sind abgemeldet",
    "You cannot join": "Sie k\u00f6nnen nicht teilnehmen",
    "You cannot join this meeting.": "Sie k\u00f6nnen an dieser Besprechung nicht teilnehmen.",
    "You joined this meeting from another tab or device.": "Sie nehmen an dieser Besprechung in einem anderen Tab oder auf einem anderen Ger\u00e4t teil.",
    "You leave the meeting in {time}.": "In {time} verlassen Sie die Besprechung.",
    "You left the meeting": "Sie haben die Besprechung verlassen",
    "You stopped sharing": "Sie teilen nicht mehr",
    "You were removed": "Sie wurden entfernt",
    "You were the only one in it for a long time, so your camera and microphone were let go.": "Sie waren lange allein darin, deshalb wurden Kamera und Mikrofon freigegeben.",
    "Your browser blocks the camera and microphone for this page. Allow them with the icon beside the address, then try again.": "Ihr Browser sperrt Kamera und Mikrofon f\u00fcr diese Seite. Erlauben Sie sie mit dem Symbol neben der Adresse und versuchen Sie es noch einmal.",
    "Your browser blocks the camera for this page. Allow it with the icon beside the address, then try again.": "Ihr Browser sperrt die Kamera f\u00fcr diese Seite. Erlauben Sie sie mit dem Symbol neben der Adresse und versuchen Sie es noch einmal.",
    "Your browser blocks the microphone for this page. Allow it with the icon beside the address, then try again.": "Ihr Browser sperrt das Mikrofon f\u00fcr diese Seite. Erlauben Sie es mit dem Symbol neben der Adresse und versuchen Sie es noch einmal.",
    "Your browser gives out the camera and microphone only on secure pages. Open this page with https.": "Ihr Browser gibt Kamera und Mikrofon nur auf sicheren Seiten frei. \u00d6ffnen Sie diese Seite mit https.",
    "Your browser gives out the camera only on secure pages. Open this page with https.": "Ihr Browser gibt die Kamera nur auf sicheren Seiten frei. \u00d6ffnen Sie diese Seite mit https.",
    "Your browser gives out the microphone only on secure pages. Open this page with https.": "Ihr Browser gibt das Mikrofon nur auf sicheren Seiten frei. \u00d6ffnen Sie diese Seite mit https.",
    "Your browser sent no cookie": "Ihr Browser hat kein Cookie geschickt",
    "Your camera and microphone could not be started. Try again, or choose other ones.": "Kamera und Mikrofon lie\u00dfen sich nicht starten. Versuchen Sie es noch einmal oder w\u00e4hlen Sie andere.",
    "Your camera could not be started. Try again, or choose another one.": "Ihre Kamera lie\u00df sich nicht starten. Versuchen Sie es noch einmal oder w\u00e4hlen Sie eine andere.",
    "Your camera is not available": "Ihre Kamera ist nicht verf\u00fcgbar",
    "Your camera is now {device}": "Ihre Kamera ist jetzt {device}",
    "Your camera is off": "Ihre Kamera ist aus",
    "Your computer blocks sharing the screen for this browser. Allow it in the system settings under privacy.": "Ihr Computer l\u00e4sst diesen Browser den Bildschirm nicht teilen. Erlauben Sie es in den Systemeinstellungen unter Datenschutz.",
    "Your computer or phone blocks the camera and microphone for this browser. Allow them in the system settings under privacy, then try again.": "Ihr Computer oder Telefon sperrt Kamera und Mikrofon f\u00fcr diesen Browser. Erlauben Sie sie in den Systemeinstellungen unter Datenschutz und versuchen Sie es noch einmal.",
    "Your computer or phone blocks the camera for this browser. Allow it in the system settings under privacy, then try again.": "Ihr Computer oder Telefon sperrt die Kamera f\u00fcr diesen Browser. Erlauben Sie sie in den Systemeinstellungen unter Datenschutz und versuchen Sie es noch einmal.",
    "Your computer or phone blocks the microphone for this browser. Allow it in the system settings under privacy, then try again.": "Ihr Computer oder Telefon sperrt das Mikrofon f\u00fcr diesen Browser. Erlauben Sie es in den Systemeinstellungen unter Datenschutz und versuchen Sie es noch einmal.",
    "Your connection could not keep up.": "Ihre Verbindung kam nicht mehr mit.",
    "Your message was not sent. {reason}": "Ihre Nachricht wurde nicht gesendet. {reason}",
    "Your microphone could not be started. Try again, or choose another one.": "Ihr Mikrofon lie\u00df sich nicht starten. Versuchen Sie es noch einmal oder w\u00e4hlen Sie ein anderes.",
    "Your microphone is not ready yet.": "Ihr Mikrofon ist noch nicht bereit.",
    "Your microphone is now {device}": "Ihr Mikrofon ist jetzt {device}",
    "Your name changes as soon as you are connected again.": "Ihr Name \u00e4ndert sich, sobald Sie wieder verbunden sind.",
    "Your name is now {name}": "Ihr Name ist jetzt {name}",
    "Your screen": "Ihr Bildschirm",
    "Your screen, everybody sees it": "Ihr Bildschirm, alle sehen ihn",
    "Your session was renewed.": "Ihre Sitzung wurde erneuert.",
    "chat": "Chat",
    "guest": "Gast",
    "hand is up": "Hand gehoben",
    "host": "Leitung",
    "in the spotlight": "im Rampenlicht",
    "muted": "stumm",
    "only to one person": "nur an eine Person",
    "only to you": "nur an Sie",
    "only to {name}": "nur an {name}",
    "only you": "nur Sie",
    "picture off": "Bild aus",
    "reconnecting": "verbindet sich neu",
    "reconnecting\u2026": "neu verbinden\u2026",
    "sharing a screen": "teilt einen Bildschirm",
    "silent": "stumm",
    "silent for you": "f\u00fcr Sie stumm",
    "sound off": "Ton aus",
    "trouble connecting": "Verbindung gest\u00f6rt",
    "you": "Sie",
    "{before} is now {name}": "{before} hei\u00dft jetzt {name}",
    "{count} more": [
      "{count} weitere Person",
      "{count} weitere Personen"
    ],
    "{count} new message": [
      "{count} neue Nachricht",
      "{count} neue Nachrichten"
    ],
    "{count} person": [
      "{count} Person",
      "{count} Personen"
    ],
    "{count} person found": [
      "{count} Person gefunden",
      "{count} Personen gefunden"
    ],
    "{count} person is inside": [
      "{count} Person ist im Raum",
      "{count} Personen sind im Raum"
    ],
    "{names} in {room}": "{names} in {room}",
    "{names} is inside": [
      "{names} ist im Raum",
      "{names} sind im Raum"
    ],
    "{name} (you)": "{name} (Sie)",
    "{name} and {count} other reacted: {reaction}": [
      "{name} und {count} andere Person reagieren: {reaction}",
      "{name} und {count} andere reagieren: {reaction}"
    ],
    "{name} has left. Choose who is to read it.": "{name} ist gegangen. W\u00e4hlen Sie, wer es lesen soll.",
    "{name} is in the spotlight": "{name} steht im Rampenlicht",
    "{name} is sharing a screen": "{name} teilt einen Bildschirm",
    "{name} is sharing a screen too. Choose it to see it large": "{name} teilt auch einen Bildschirm. W\u00e4hlen Sie ihn, um ihn gro\u00df zu sehen",
    "{name} joined": "{name} ist dazugekommen",
    "{name} left": "{name} ist gegangen",
    "{name} only": "Nur {name}",
    "{name} raised a hand": "{name} hebt die Hand",
    "{name} reacted: {reaction}": "{name} reagiert: {reaction}",
    "{name} stopped sharing": "{name} teilt nicht mehr",
    "{name} wrote to you privately": "{name} hat Ihnen privat geschrieben",
    "{name}, only to one person": "{name}, nur an eine Person",
    "{name}, only to {other}": "{name}, nur an {other}",
    "{name}. Back to the meeting": "{name}. Zur\u00fcck zur Besprechung",
    "{name}. Show large": "{name}. Gro\u00df zeigen",
    "{name}\u2019s screen": "Bildschirm von {name}"
  };
  for (const key in newcatalog) {
    django.catalog[key] = newcatalog[key];
  }
  

  if (!django.jsi18n_initialized) {
    django.gettext = function(msgid) {
      const value = django.catalog[msgid];
      if (typeof value === 'undefined') {
        return msgid;
      } else {
        return (typeof value === 'string') ? value : value[0];
      }
    };

    django.ngettext = function(singular, plural, count) {
      const value = django.catalog[singular];
      if (typeof value === 'undefined') {
        return (count == 1) ? singular : plural;
      } else {
        return value.constructor === Array ? value[django.pluralidx(count)] : value;
      }
    };

    django.gettext_noop = function(msgid) { return msgid; };

    django.pgettext = function(context, msgid) {
      let value = django.gettext(context + '\x04' + msgid);
      if (value.includes('\x04')) {
        value = msgid;
      }
      return value;
    };

    django.npgettext = function(context, singular, plural, count) {
      let value = django.ngettext(context + '\x04' + singular, context + '\x04' + plural, count);
      if (value.includes('\x04')) {
        value = django.ngettext(singular, plural, count);
      }
      return value;
    };

    django.interpolate = function(fmt, obj, named) {
      if (named) {
        return fmt.replace(/%\(\w+\)s/g, function(match){return String(obj[match.slice(2,-2)])});
      } else {
        return fmt.replace(/%s/g, function(match){return String(obj.shift())});
      }
    };


    /* formatting library */

    django.formats = {};

    django.get_format = function(format_type) {
      const value = django.formats[format_type];
      if (typeof value === 'undefined') {
        return format_type;
      } else {
        return value;
      }
    };

    /* add to global namespace */
    globals.pluralidx = django.pluralidx;
    globals.gettext = django.gettext;
    globals.ngettext = django.ngettext;
    globals.gettext_noop = django.gettext_noop;
    globals.pgettext = django.pgettext;
    globals.npgettext = django.npgettext;
    globals.interpolate = django.interpolate;
    globals.get_format = django.get_format;

    django.jsi18n_initialized = true;
  }
};

