"""A report in a browser's window, with everything that it complained of or asked for."""

from pathlib import Path

from playwright.sync_api import Page


class Opened:
    """An open report: its page, what it wrote to the console or threw, and every request that it made."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page, self.file = page, file
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(file.as_uri())

    def shown(self, selector: str) -> int:
        """How many elements of that kind can be seen."""
        return sum(each.is_visible() for each in self.page.locator(selector).all())

    def width(self, selector: str) -> float:
        """How many pixels wide an element is."""
        box = self.page.locator(selector).first.bounding_box()
        assert box is not None
        return box["width"]
