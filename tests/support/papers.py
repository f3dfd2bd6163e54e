"""PDFs, read back as whoever gets them reads them."""

from pypdfium2 import PdfDocument

from bot.dialogs.parts import Attachment


def text_of(paper: Attachment | None) -> str:
    """The words of all its pages, without the line breaks."""
    assert paper is not None
    assert paper.name.endswith(".pdf")
    with PdfDocument(paper.content) as pages:
        return " ".join(page.get_textpage().get_text_range().replace("\r\n", " ") for page in pages)
