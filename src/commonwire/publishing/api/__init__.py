from ninja import NinjaAPI

api = NinjaAPI(title="Commonwire", version="1", docs_url=None)
