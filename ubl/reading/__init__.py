"""UBL XML into a Document: parse, bind, read, and remember where each figure stood."""
