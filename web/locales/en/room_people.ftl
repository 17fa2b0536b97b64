# Who is in a room, raised hands and reactions.
people-in-room = People
people-close = Close people
people-button = { $count ->
    [one] People, one inside
   *[other] People, { $count } inside
}
people-button-hands = { $hands ->
    [one] People, { $count } inside, one raised hand
   *[other] People, { $count } inside, { $hands } raised hands
}
people-hosts = Hosts
people-host = Host
people-speaker = Speaker
people-others = Everybody else
people-found = { $count ->
    [0] Nobody found
    [one] One person found
   *[other] { $count } people found
}
hand-raise = Raise hand
hand-lower = Lower hand
hand-raised = Hand raised, you are { $place }
hand-raised-short = You are { $place }
hand-mark = Hand raised, { $place }
hand-aloud = { $name } raised a hand.
hand-lower-theirs = Lower the hand
hand-lower-name = Lower the hand of { $name }
hands-up = Raised hands
hands-lower-all = Lower all
react = React
react-muted = You cannot react: an organizer has muted you in this event.
reaction-thumbs-up = Thumbs up
reaction-heart = Heart
reaction-laugh = Laughter
reaction-party = Party
reaction-applause = Applause
reaction-thinking = Thinking
reaction-aloud = { $count } × { $name }
