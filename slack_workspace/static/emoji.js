// A handful of emoji shortcodes; any other stays as it was written.

export const EMOJI = {
  wave: "👋", tada: "🎉", sparkles: "✨", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️",
  information_source: "ℹ️", question: "❓", exclamation: "❗", bell: "🔔", no_bell: "🔕", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", alarm_clock: "⏰", clock1: "🕐", clock3: "🕒", stopwatch: "⏱️", calendar: "📅",
  date: "📅", spiral_calendar_pad: "🗓️", memo: "📝", pencil: "✏️", pencil2: "✏️", clipboard: "📋", page_facing_up: "📄",
  scroll: "📜", book: "📖", books: "📚", mortar_board: "🎓", trophy: "🏆", medal: "🏅", star: "⭐", star2: "🌟",
  dart: "🎯", bulb: "💡", mag: "🔍", lock: "🔒", unlock: "🔓", key: "🔑", link: "🔗", paperclip: "📎", email: "✉️",
  envelope: "✉️", inbox_tray: "📥", outbox_tray: "📤", speech_balloon: "💬", thought_balloon: "💭", handshake: "🤝",
  raised_hands: "🙌", clap: "👏", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", pray: "🙏", muscle: "💪",
  point_right: "👉", point_down: "👇", smile: "😄", slightly_smiling_face: "🙂", blush: "😊", heart: "❤️",
  hospital: "🏥", stethoscope: "🩺", house: "🏠", round_pushpin: "📍", pushpin: "📌", world_map: "🗺️",
  earth_africa: "🌍", globe_with_meridians: "🌐", video_camera: "📹", telephone_receiver: "📞", chart_with_upwards_trend: "📈",
  bar_chart: "📊", gear: "⚙️", arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", arrow_left: "⬅️",
  arrows_counterclockwise: "🔄", repeat: "🔁", fast_forward: "⏩", double_vertical_bar: "⏸️", black_square_for_stop: "⏹️",
  no_entry: "⛔", no_entry_sign: "🚫", rotating_light: "🚨", sos: "🆘", large_green_circle: "🟢",
  large_yellow_circle: "🟡", large_orange_circle: "🟠", red_circle: "🔴", white_circle: "⚪", large_blue_circle: "🔵",
  busts_in_silhouette: "👥", bust_in_silhouette: "👤", seedling: "🌱", coffee: "☕", one: "1️⃣", two: "2️⃣", three: "3️⃣",
  ballot_box_with_check: "☑️", new: "🆕", eyes: "👀", wastebasket: "🗑️", label: "🏷️", compass: "🧭",
};

/** Replace :shortcodes: that are known. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
