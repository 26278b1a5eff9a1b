class XlsxWriterException(Exception): ...

class FileCreateError(XlsxWriterException):
    args: tuple[OSError]
