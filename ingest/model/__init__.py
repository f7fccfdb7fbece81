"""The bundled embedding model: how it is trained and saved.

``python -m ingest.model --data FOLDER`` makes the model that ``assistant/data/model`` holds, from
the public text that its card names. Serving never comes here.
"""
