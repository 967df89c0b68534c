"""A script that waits until a page's layout is drawn and its animations have finished."""

# The layout follows a new size, and colours a new scheme, with the frames that come next, and move from there. A meter
# follows a voice, which never rests.
SETTLED = """async () => {
    const arrives = ({ effect }) => effect?.getTiming().iterations === 1 && !effect.target?.closest("[role=meter]");
    const moving = () => document.getAnimations().filter(arrives);
    do {
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        await Promise.allSettled(moving().map((each) => each.finished));
    } while (moving().some((each) => each.playState === "running"));
}"""
