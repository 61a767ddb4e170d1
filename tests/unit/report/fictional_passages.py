"""What made-up residents say in the fictional results of the report's tests."""

from __future__ import annotations

ATTACK = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
PARAPHRASE = "Mother of three says the lift has been out since Easter; carries pram up six floors."
OBSERVATION = "Queue at the food bank reached the corner at ten in the morning."

#: segment, theme, voice, source, language, question, text
PASSAGES = (
    ("9f31c2aa10.4", "housing", "verbatim", "interview", "en", "",
     "The damp's that bad I've moved the cot into the kitchen, and still nobody comes."),
    ("b2047de991-3.0", "housing", "paraphrase", "street", "en", "", PARAPHRASE),
    ("51cc09be42-17.0", "housing", "verbatim", "survey", "ar", "What would help you thrive?",
     "نحتاج إلى بيت بلا رطوبة لأطفالنا"),
    ("51cc09be42-40.0", "housing", "verbatim", "survey", "en", "What would help you thrive?",
     f"A landlord who answers. {ATTACK}"),
    ("9f31c2aa10.9", "money", "verbatim", "interview", "en", "",
     "I work two jobs and by the twentieth of the month we're on toast."),
    ("51cc09be42-8.1", "money", "verbatim", "survey", "en", "What would help you thrive?",
     "=HYPERLINK(\"x\") is what my payslip looks like, nobody can read it"),
    ("b2047de991-9.0", "neighbourhood", "paraphrase", "street", "en", "",
     "Man in his seventies plans his walk round the benches that are left."),
    ("77ab31f0c5.2", "safety", "verbatim", "focus_group", "en", "",
     "After six I lock the door and that's me till morning."),
    ("51cc09be42-61.0", "community", "verbatim", "survey", "es", "What would help you thrive?",
     "Un sitio donde encontrarnos los vecinos sin tener que pagar."),
    ("9f31c2aa10.15", "racism", "verbatim", "interview", "en", "",
     "She's polite till she hears the accent, and then the tone goes."),
    ("b2047de991-1.0", "", "observation", "street", "en", "", OBSERVATION),
)  # fmt: skip
