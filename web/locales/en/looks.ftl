# How a person looks at the stage: layouts, what stands on a tile, keys, and the word that the end is near.
layout = Layout
layout-automatic = Automatic
layout-grid = Grid
layout-speaker = Speaker
layout-now = Layout: { $layout }
tile-pin = Show { $name } large
tile-unpin = Stop showing { $name } large
tile-fill = Fill the screen with { $name }
tile-good = Good connection
tile-fair = Unsteady connection
tile-poor = Poor connection

shortcuts = Keyboard shortcuts
shortcuts-when = They work while you are in the room and not writing. Beside the stage M, V and H do nothing.
shortcut-microphone = Mute or unmute your microphone
shortcut-camera = Turn your camera off or on
shortcut-hand = Raise or lower your hand
shortcut-layout = Next layout
shortcut-full-screen = Full screen, or back
shortcut-chat = Open or close the chat
shortcut-close = Close what is open beside the stage
shortcut-help = Show this list

ending-soon = By the schedule this session ends at { $time }: { $minutes ->
    [one] less than a minute is left.
   *[other] less than { $minutes } minutes are left.
} Nobody is cut off then.
