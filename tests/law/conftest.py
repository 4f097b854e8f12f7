from hypothesis import settings

settings.register_profile("law", deadline=None)
settings.load_profile("law")
