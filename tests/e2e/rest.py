"""When a page has come to rest: what it was told to change is drawn, and what began to move has arrived."""

# The layout follows a new size, and colours a new scheme, with the frames that come next, and move from there.
AT_REST = """async () => {
    const moving = () => document.getAnimations().filter((each) => each.effect?.getTiming().iterations === 1);
    do {
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        await Promise.allSettled(moving().map((each) => each.finished));
    } while (moving().some((each) => each.playState === "running"));
}"""
